# What the checks share: a sandbox from the distribution, and assertions. To be sourced.
# shellcheck shell=bash
set -euo pipefail

launcher=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/proxy-server/target/dist/bin/bedrock-sigv4-proxy
work=$(mktemp -d)
sandbox_pid=
# What else a check has started and is to end with it.
other_pids=()

cleanup() {
    local pid
    for pid in $sandbox_pid "${other_pids[@]}"; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT

fail() {
    printf 'FAILED: %s\n' "$1" >&2
    if [ -s "$work/err" ]; then
        sed 's/^/  sandbox: /' "$work/err" | tail -n 30 >&2
    fi
    exit 1
}

pass() {
    printf 'ok: %s\n' "$1"
}

# start_sandbox [OPTION...]: on a free port; ends when everything is printed.
start_sandbox() {
    : >"$work/out"
    "$launcher" sandbox --port 0 "$@" >"$work/out" 2>"$work/err" &
    sandbox_pid=$!
    local tries=0
    until grep -q '^# Ctrl-C' "$work/out"; do
        kill -0 "$sandbox_pid" 2>/dev/null || fail 'the sandbox did not start'
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail 'the sandbox printed no end of its lines within 30 s'
        sleep 0.1
    done
    tries=0
    until curl -sf -o /dev/null "$(line admin)/readyz"; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || fail 'the sandbox was not ready within 10 s'
        sleep 0.1
    done
}

# line KEY: the value of one machine-readable line.
line() {
    sed -n "s/^$1=//p" "$work/out" | head -n 1
}

# SIGTERM has to end it with 0.
stop_sandbox() {
    local status=0
    kill -TERM "$sandbox_pid"
    wait "$sandbox_pid" || status=$?
    sandbox_pid=
    [ "$status" -eq 0 ] || fail "SIGTERM: exit code $status (expected: 0)"
    pass 'SIGTERM: exit code 0'
}
