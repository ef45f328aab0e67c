#!/usr/bin/env bash
# curl that signs with an issued access key (--aws-sigv4), over TCP and over a Unix socket, on the distribution: an emulator
# and a proxy with a configuration file. Exits 77 where curl is older than 7.75, which cannot sign.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

curl --help all 2>/dev/null | grep -q -- --aws-sigv4 || exit 77

emulator_pid=
stop_all() {
    [ -z "$emulator_pid" ] || kill -KILL "$emulator_pid" 2>/dev/null || true
    cleanup
}
trap stop_all EXIT

# wait_for FILE PATTERN WHAT
wait_for() {
    local tries=0
    until grep -q "$2" "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "$3 did not start within 30 s"
        sleep 0.1
    done
}

# serve LISTENER: on a free port or on a socket; sets endpoint.
serve() {
    cat >"$work/proxy.conf" <<CONF
bedrock-proxy {
  listener { $1 }
  admin.port = 0
  bedrock { region = us-east-1, endpoint = "$(line bedrock)" }
  sts.endpoint = "$(line sts)"
  sources.emulator { access-key-id = "$(line access-key-id)", secret-access-key = "$(line secret-access-key)" }
  clients.signer { source = emulator, access-keys = [ { id = "$key_id", secret = { file = "$work/key" } } ] }
  timeouts.drain-grace = 0s
}
CONF
    : >"$work/err" && : >"$work/access"
    "$launcher" serve --config "$work/proxy.conf" >"$work/access" 2>"$work/err" &
    sandbox_pid=$!
    wait_for "$work/err" 'started endpoint=' 'the proxy'
    endpoint=$(sed -n 's/.*started endpoint=\([^ ]*\) .*/\1/p' "$work/err")
}

# call NAME STATUS SECRET URL FLAGS...
call() {
    local name=$1 expected=$2 secret=$3 url=$4 status
    shift 4
    status=$(curl -sS --max-time 30 --aws-sigv4 'aws:amz:us-east-1:bedrock' --user "$key_id:$secret" \
        -H 'Content-Type: application/json' -o "$work/body" -w '%{http_code}' "$@" \
        -d '{"messages":[{"role":"user","content":[{"text":"hi"}]}]}' "$url") || fail "$name: curl failed"
    [ "$status" = "$expected" ] || fail "$name: $status (expected: $expected): $(cat "$work/body")"
    pass "$name: $status"
}

check_models() {
    local name=$1 base=$2 id
    shift 2
    for id in anthropic.claude-3-haiku-20240307-v1:0 anthropic.claude-3-haiku-20240307-v1%3A0 amazon.nova-lite-v1:0; do
        call "$name: $id" 200 "$key_secret" "$base/model/$id/converse" "$@"
    done
    call "$name: a stream" 200 "$key_secret" "$base/model/amazon.nova-lite-v1:0/converse-stream" "$@"
    call "$name: a wrong key" 401 0123456789abcdef "$base/model/amazon.nova-lite-v1:0/converse" "$@"
}

: >"$work/out"
"$launcher" emulator >"$work/out" 2>"$work/err" &
emulator_pid=$!
wait_for "$work/out" '^secret-access-key=' 'the emulator'
made=$("$launcher" secret --access-key)
key_id=$(echo "$made" | sed -n 's/^access-key-id=//p')
key_secret=$(echo "$made" | sed -n 's/^secret-access-key=//p')
(umask 077; echo "$key_secret" >"$work/key")

serve 'port = 0'
check_models 'HTTP/1.1' "http://$endpoint" --http1.1
check_models 'HTTP/2 with prior knowledge' "http://$endpoint" --http2-prior-knowledge
grep -q '"client":"signer"' "$work/access" || fail 'the access log does not name the client'
if grep -qF -- "$key_secret" "$work/access" "$work/err"; then fail 'the secret is in a log line'; fi
stop_sandbox

serve "unix-socket = \"$work/s\""
[ "$endpoint" = "unix:$work/s" ] || fail "started on $endpoint (expected: unix:$work/s)"
check_models 'Unix socket' http://localhost --unix-socket "$work/s" --http1.1
check_models 'Unix socket, HTTP/2' http://localhost --unix-socket "$work/s" --http2-prior-knowledge
kill -KILL "$sandbox_pid"
wait "$sandbox_pid" 2>/dev/null || true
[ -S "$work/s" ] || fail 'a killed process cannot have removed its socket'
serve "unix-socket = \"$work/s\""
check_models 'Unix socket of a killed process' http://localhost --unix-socket "$work/s"
stop_sandbox
[ ! -e "$work/s" ] || fail 'the socket is still there'
pass 'the socket is removed'
