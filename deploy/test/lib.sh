# What the scripts of this folder share. To be sourced. Exit codes: 0 passed, 77 not run here (says why), else failed.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # The scripts use both.
launcher=$root/proxy-server/target/dist/bin/bedrock-sigv4-proxy
work=$(mktemp -d)
pids=()

cleanup() {
    local pid
    if declare -F more_cleanup >/dev/null; then
        more_cleanup || true
    fi
    for pid in "${pids[@]}"; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$work" 2>/dev/null || true
}
trap cleanup EXIT

fail() {
    printf 'FAILED: %s\n' "$1" >&2
    exit 1
}

pass() {
    printf 'ok: %s\n' "$1"
}

# need TOOL...: ends with 77 when one is missing.
need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || not_run "no $tool here"
    done
}

not_run() {
    printf 'not run: %s\n' "$1"
    exit 77
}

# until_true SECONDS WHAT COMMAND...: waits for a condition.
until_true() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "not within time: $what"
        sleep 0.2
    done
}
