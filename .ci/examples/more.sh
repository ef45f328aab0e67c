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
    client='AWS SDK for JavaScript'
    installed aws-sdk-js @aws-sdk/client-bedrock-runtime >/dev/null \
        || { echo "not run: 1,000 requests over $scheme: no AWS SDK for JavaScript" && return; }
    # First a few, so that the proxy's connections to the emulator are there before the count.
    local i before after tries=0 spare
    for i in 1 2 3 4 5 6 7 8; do
        example '' "$(line secret)" node converse.js >"$work/said" 2>"$work/complained" || fail "request $i of those that come first"
    done
    before=$(descriptors)
    folder=$here
    LIMIT=400 example '' "$(line secret)" node thousand.mjs >"$work/said" 2>"$work/complained" \
        || fail "1,000 requests over $scheme: $(tail -n 5 "$work/complained")"
    # An event loop may keep a connection to the emulator, whose other end is in this process too.
    spare=$((4 * $(nproc)))
    until after=$(descriptors) && [ "$(proxy_connections)" -eq 0 ] && [ "$after" -le $((before + spare)) ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "after 1,000 requests over $scheme: $(proxy_connections) connections, $after descriptors (before: $before)"
        sleep 0.1
    done
    pass "AWS SDK for JavaScript, default handler, $scheme: $(cat "$work/said"); descriptors before $before, after $after, connections left 0"
}

sse_parsers() {
    client='EventSource and OpenAI SDK'
    if ! installed openai-sdk openai >/dev/null || ! folder=$here node_ready; then
        echo "not run: parsers of Server-Sent Events over $scheme: ${node_missing:-npm ci did not install them}"
        return
    fi
    folder=$here
    example '' "$(line secret)" node sse.mjs >"$work/said" 2>"$work/complained" \
        || fail "parsers of Server-Sent Events over $scheme: $(cat "$work/said"; tail -n 15 "$work/complained")"
    sed "s/^ok: /ok: $scheme, Server-Sent Events: /" "$work/said"
}

node_ready() {
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] \
        || (cd "$folder" && npm ci --no-audit --no-fund) >"$work/npm" 2>&1
}

more_checks() {
    thousand_requests
    sse_parsers
}
