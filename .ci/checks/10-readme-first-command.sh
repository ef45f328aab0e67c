#!/usr/bin/env bash
# The README's first command: start the sandbox and paste the lines that it prints, over every HTTP version.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

# pasted FILTER FLAGS: runs the printed curl line that matches, with more flags; body to $work/body, "status version" out.
pasted() {
    local printed
    printed=$(grep '^curl ' "$work/out" | grep -- "$1" | head -n 1)
    [ -n "$printed" ] || fail "no printed curl line for $1"
    eval "$printed $2 -sS --max-time 30 -o '$work/body' -w '%{http_code} %{http_version}\n'"
}

check_answer() {
    local name=$1 flags=$2 version=$3 result
    result=$(pasted "/invoke'" "$flags") || fail "$name: curl failed"
    [ "$result" = "200 $version" ] || fail "$name: InvokeModel gave $result: $(cat "$work/body") (expected: 200 $version)"
    grep -q '"role":"assistant"' "$work/body" || fail "$name: no answer of a model: $(cat "$work/body")"
    pass "$name: InvokeModel is answered"
}

# Each event gets the time at which it came; the first has to come long before the last.
check_stream() {
    local name=$1 operation=$2 flags=$3 printed first='' last='' events=0 text
    printed=$(grep '^curl ' "$work/out" | grep -- "$operation" | head -n 1)
    while IFS= read -r text; do
        case $text in
            event:*)
                events=$((events + 1))
                last=${EPOCHREALTIME/./}
                [ -n "$first" ] || first=$last
                ;;
        esac
    done < <(eval "$printed $flags -sS --max-time 30")
    [ "$events" -ge 5 ] || fail "$name: $operation gave $events events (expected: at least 5)"
    [ $((last - first)) -ge 200000 ] \
        || fail "$name: all $events events of $operation within $(((last - first) / 1000)) ms (expected: as they are made)"
    pass "$name: $operation, $events events over $(((last - first) / 1000)) ms"
}

# The head must not wait for the end of the answer either.
check_first_byte() {
    local name=$1 flags=$2 printed times
    printed=$(grep '^curl ' "$work/out" | grep -- converse-stream | head -n 1)
    times=$(eval "$printed $flags -sS --max-time 30 -o /dev/null -w '%{time_starttransfer} %{time_total}'") \
        || fail "$name: a stream: curl failed"
    echo "$times" | awk '{ exit !($2 - $1 >= 0.2 && $1 < $2 / 2) }' \
        || fail "$name: first byte and end after $times s (expected: the first long before the end)"
    pass "$name: first byte and end after $times s"
}

check_wrong_secret() {
    local name=$1 flags=$2 status
    status=$(curl -sS $flags --max-time 10 -o "$work/body" -D "$work/head" -w '%{http_code}' \
        -H 'Authorization: Bearer 0123456789abcdef0123456789abcdef' -H 'Content-Type: application/json' \
        -d '{}' "$(line endpoint)/model/amazon.nova-lite-v1:0/invoke") || fail "$name: a wrong secret: curl failed"
    [ "$status" = 401 ] || fail "$name: a wrong secret gave $status (expected: 401)"
    grep -qi '^x-bedrock-proxy-failure: unauthenticated' "$work/head" || fail "$name: 401 without its failure kind"
    grep -qi '^www-authenticate: Bearer' "$work/head" || fail "$name: 401 without WWW-Authenticate"
    pass "$name: a wrong secret is answered 401"
}

check_all() {
    local name=$1 flags=$2 version=$3
    check_answer "$name" "$flags" "$version"
    check_stream "$name" converse-stream "$flags"
    check_stream "$name" invoke-with-response-stream "$flags"
    check_first_byte "$name" "$flags"
    check_wrong_secret "$name" "$flags${4:-}"
}

start_sandbox
# RFC 9110 section 2.5: a server says which version it speaks, not which one it was asked in.
check_all 'HTTP/1.0' '--http1.0' 1.1
check_all 'HTTP/1.1' '--http1.1' 1.1
check_all 'HTTP/2 with prior knowledge' '--http2-prior-knowledge' 2
"$launcher" healthcheck "$(line admin)/readyz" || fail 'healthcheck: not ready'
pass 'healthcheck: ready'
secret=$(line secret)
if tr '\0' '\n' <"/proc/$sandbox_pid/cmdline" | grep -qF -- "$secret"; then
    fail 'the secret is in the command line of the process'
fi
if grep -v '^secret=' "$work/out" | grep -v '^curl ' | grep -qF -- "$secret" || grep -qF -- "$secret" "$work/err"; then
    fail 'the secret is in a log line'
fi
pass 'the secret is in no log line and in no argument'
stop_sandbox

start_sandbox --tls
ca=" --cacert $(line ca)"
check_all 'HTTP/1.1 over TLS' '--http1.1' 1.1 "$ca"
check_all 'HTTP/2 over TLS, by ALPN' '--http2' 2 "$ca"
if curl -sS --max-time 5 -o /dev/null "$(line endpoint)/" 2>/dev/null; then
    fail 'curl trusts a certificate that it was not told to trust'
fi
stop_sandbox
