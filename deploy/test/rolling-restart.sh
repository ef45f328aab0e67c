#!/usr/bin/env bash
# Three proxies behind HAProxy, restarted one after the other under 200 open streams and 100 requests a second: no request
# may fail and no stream may be cut. On demand; two to three minutes. Wants haproxy, python3, curl and the distribution.
#   STREAMS=200 RATE=100 are the defaults.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need haproxy python3 curl
[ -x "$launcher" ] || not_run 'no distribution in proxy-server/target/dist'
streams=${STREAMS:-200}
rate=${RATE:-100}
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

(umask 077 && printf 'rolling-restart-0123456789abcdef\n' >"$work/secret")
"$launcher" emulator --bedrock 127.0.0.1:0 --sts 127.0.0.1:0 >"$work/emulator" 2>&1 &
pids+=("$!")
until_true 60 'the emulator prints its keys' grep -s -q '^secret-access-key=' "$work/emulator"
line() {
    sed -n "s/^$1=//p" "$work/emulator" | head -n 1
}
ports=() admins=() proxies=()
for index in 0 1 2; do
    ports[index]=$(free_port)
    admins[index]=$(free_port)
done
balancer=$(free_port)
start_proxy() {
    cat >"$work/proxy$1.conf" <<CONF
bedrock-proxy {
  listener.port = ${ports[$1]}
  admin.port = ${admins[$1]}
  bedrock { region = us-east-1, endpoint = "$(line bedrock)" }
  sources.s { access-key-id = "$(line access-key-id)", secret-access-key = "$(line secret-access-key)" }
  clients.app { source = s, secrets = [ { file = "$work/secret" } ] }
  # Longer than two checks of the balancer; then open answers are waited for.
  timeouts { drain-grace = 5s, drain = 100s }
}
CONF
    JAVA_OPTS=-Xmx128m "$launcher" serve --config "$work/proxy$1.conf" >/dev/null 2>>"$work/proxy$1.log" &
    proxies[$1]=$!
    pids+=("$!")
}
ready() {
    curl -sf -o /dev/null --max-time 2 "http://127.0.0.1:${admins[$1]}/readyz"
}
for index in 0 1 2; do
    start_proxy $index
done
for index in 0 1 2; do
    until_true 90 "proxy $index is ready" ready $index
done

# What matters: health by /readyz on the admin port, no server time-out below the longest pause, and one more try on another
# server when a connection is not accepted or was closed before the request went out.
{
    printf 'global\n  maxconn 4000\n\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 20m\n  timeout server 20m\n'
    printf '  timeout http-keep-alive 60s\n  option redispatch\n  retries 3\n  retry-on conn-failure empty-response\n\n'
    printf 'frontend in\n  bind 127.0.0.1:%s\n  default_backend proxies\n\nbackend proxies\n  balance leastconn\n' "$balancer"
    printf '  option httpchk GET /readyz\n  default-server inter 1s fall 2 rise 1\n'
    for index in 0 1 2; do
        printf '  server p%s 127.0.0.1:%s check port %s\n' $index "${ports[$index]}" "${admins[$index]}"
    done
} >"$work/haproxy.cfg"
haproxy -c -q -f "$work/haproxy.cfg" || fail 'haproxy.cfg'
haproxy -db -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 &
pids+=("$!")
answers() {
    curl -s -o /dev/null --max-time 5 "http://127.0.0.1:$balancer/"
}
until_true 20 'haproxy answers' answers

python3 "$(dirname "${BASH_SOURCE[0]}")/rolling.py" "$balancer" "$work/secret" "$streams" "$rate" "$work/stop" >"$work/load" 2>&1 &
load=$!
pids+=("$load")
sleep 12
for index in 0 1 2; do
    kill -TERM "${proxies[$index]}"
    code=0
    wait "${proxies[$index]}" || code=$?
    [ "$code" -eq 0 ] || fail "proxy $index: exit code $code (expected: 0): $(tail -n 5 "$work/proxy$index.log")"
    start_proxy $index
    until_true 90 "proxy $index is ready again" ready $index
    sleep 3
    kill -0 "$load" || fail "the load ended: $(cat "$work/load")"
done
: >"$work/stop"
code=0
wait "$load" || code=$?
[ "$code" -eq 0 ] || fail "$(cat "$work/load")"
most=$(sed -n 's/.*at most \([0-9]*\) at once.*/\1/p' "$work/load")
[ "$most" -ge "$streams" ] || fail "only $most streams were open at once (expected: $streams)"
pass "three restarts under load: $(head -n 1 "$work/load")"
