# What the table does not hold: 1,000 requests of the default handler, and parsers of Server-Sent Events. Needs cells.sh.
# shellcheck shell=bash

# proxy_connections: how many TCP connections the proxy's port has in this system, those in TIME_WAIT aside.
proxy_connections() {
    local port
    port=$(printf '%04X' "$(line endpoint | sed 's/.*://')")
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null \
        | awk -v port=":$port" '$2 ~ port "$" && $4 != "0A" && $4 != "06" { n++ } END { print n + 0 }'
}

descriptors() {
    # shellcheck disable=SC2012
    ls "/proc/$sandbox_pid/fd" | wc -l
}

thousand_requests() {
    local what='1,000 requests of the default handler of the AWS SDK for JavaScript'
    all_ready "$examples/aws-sdk-js" || return 0
    # First a few, so that the proxy's connections to the emulator are there before the count.
    local i before after tries=0 spare
    folder=$examples/aws-sdk-js
    for i in 1 2 3 4 5 6 7 8; do
        example '' "$(line secret)" node converse.js >"$work/said" 2>"$work/complained" \
            || fail "$what over $scheme: request $i of those that come first"
    done
    before=$(descriptors)
    folder=$here
    LIMIT=400 example '' "$(line secret)" node thousand.mjs >"$work/said" 2>"$work/complained" \
        || fail "$what over $scheme: $(tail -n 5 "$work/complained")"
    # An event loop may keep a connection to the emulator, whose other end is in this process too.
    spare=$((4 * $(nproc)))
    until after=$(descriptors) && [ "$(proxy_connections)" -eq 0 ] && [ "$after" -le $((before + spare)) ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail \
            "after $what over $scheme: $(proxy_connections) connections, $after descriptors (before: $before)"
        sleep 0.1
    done
    pass "$scheme, $what: $(cat "$work/said"), descriptors before $before, after $after, connections left 0"
}

# all_ready FOLDER...: or says what is not run, and why.
all_ready() {
    local each
    for each; do
        ready "$each" || { echo "not run: $what over $scheme: ${each##*/}: $why_not" && return 1; }
    done
}

# judged SCRIPT [SECRET]: a script of this folder; each of its lines is a check that passed.
judged() {
    folder=$here
    LIMIT=300 example '' "${2:-$(line secret)}" node "$1" >"$work/said" 2>"$work/complained" \
        || fail "$what over $scheme: $(cat "$work/said"; tail -n 15 "$work/complained")"
    sed "s/^ok: /ok: $scheme, $what: /" "$work/said"
}

aliases() {
    local what=aliases
    all_ready "$examples/openai-sdk" "$examples/anthropic-sdk" || return 0
    judged aliases.mjs
}

sse_parsers() {
    local what='Server-Sent Events'
    all_ready "$examples/openai-sdk" "$here" || return 0
    judged sse.mjs
}

# A proxy whose client may use one family of models, in front of an emulator of its own.
denied_models() {
    local what='models denied by rules' scheme=http secret=0f1e2d3c4b5a69788796a5b4c3d2e1f0 tries=0
    all_ready "$examples/aws-sdk-js" "$examples/openai-sdk" "$examples/anthropic-sdk" "$examples/anthropic-bedrock-sdk" \
        || return 0
    "$launcher" emulator >"$work/out" 2>"$work/err" &
    local emulator=$! proxy
    other_pids+=("$emulator")
    until grep -q '^secret-access-key=' "$work/out"; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail 'the emulator did not start within 30 s'
        sleep 0.1
    done
    cat >"$work/rules.conf" <<CONF
bedrock-proxy {
  listener.port = 0
  admin.port = 0
  bedrock { region = us-east-1, endpoint = "$(line bedrock)" }
  sts.endpoint = "$(line sts)"
  sources.emulator { access-key-id = "$(line access-key-id)", secret-access-key = "$(line secret-access-key)" }
  timeouts.drain-grace = 0s
  clients.ruled { source = emulator, secrets = [ { env = RULED_SECRET } ], models = ["anthropic.claude-sonnet-*"] }
}
CONF
    RULED_SECRET=$secret "$launcher" serve --config "$work/rules.conf" >"$work/serve" 2>"$work/err" &
    proxy=$!
    other_pids+=("$proxy")
    until grep -q 'ProxyServer started endpoint=' "$work/err"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail 'the proxy with rules did not start within 30 s'
        sleep 0.1
    done
    sed -n 's/.*ProxyServer started endpoint=\([^ ]*\) .*/endpoint=http:\/\/\1/p' "$work/err" >"$work/out"
    judged denied.mjs "$secret"
    kill "$proxy" "$emulator"
    wait "$proxy" "$emulator" || fail "$what: SIGTERM did not end the proxy or the emulator in good order"
}

# An access key that a second proxy has issued, in front of the sandbox's emulator; with the sandbox's certificate.
issued_keys() {
    local what='issued access keys' key=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c tries=0 tls='' folder_of_ca here_endpoint
    all_ready "$examples/aws-sdk-js" || return 0
    if [ "$scheme" = https ]; then
        folder_of_ca=$(dirname "$(line ca)")
        tls="tls { certificate = \"$folder_of_ca/certificate.pem\", private-key = \"$folder_of_ca/key.pem\" }"
    fi
    cat >"$work/keys.conf" <<CONF
bedrock-proxy {
  listener { port = 0, $tls }
  admin.port = 0
  bedrock { region = us-east-1, endpoint = "$(line bedrock)" }
  sts.endpoint = "$(line sts)"
  sources.emulator { access-key-id = "$(line access-key-id)", secret-access-key = "$(line secret-access-key)" }
  timeouts.drain-grace = 0s
  clients.signer { source = emulator, access-keys = [ { id = PROXYKEY000000000000, secret = { env = KEY } } ] }
}
CONF
    KEY=$key "$launcher" serve --config "$work/keys.conf" >"$work/keys.log" 2>"$work/keys.err" &
    local pid=$!
    other_pids+=("$pid")
    until grep -q 'ProxyServer started endpoint=' "$work/keys.err"; do
        tries=$((tries + 1))
        if [ $tries -ge 600 ] || ! kill -0 "$pid" 2>/dev/null; then
            cp "$work/keys.err" "$work/err"
            fail "$what over $scheme: the proxy did not start"
        fi
        sleep 0.1
    done
    here_endpoint=$(sed -n 's/.*ProxyServer started endpoint=[^ ]*:\([0-9]*\) .*/\1/p' "$work/keys.err")
    [ "$scheme" = https ] && here_endpoint=https://localhost:$here_endpoint || here_endpoint=http://127.0.0.1:$here_endpoint
    folder=$here
    example '' "$key" env ACCESS_KEY_ID=PROXYKEY000000000000 "PROXY_URL=$here_endpoint" node issued-keys.mjs \
        >"$work/said" 2>"$work/complained" || fail "$what over $scheme: $(cat "$work/said"; tail -n 15 "$work/complained")"
    grep -q '"protocol":"HTTP/2"' "$work/keys.log" || fail "$what over $scheme: not over HTTP/2"
    sed "s/^ok: /ok: $scheme, HTTP\/2, /" "$work/said"
    kill "$pid"
    wait "$pid" || fail "$what: SIGTERM did not end the proxy in good order"
}

more_checks() {
    thousand_requests
    sse_parsers
    aliases
    issued_keys
}
