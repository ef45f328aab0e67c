#!/usr/bin/env bash
# Time limit: 1500 s
# Runs every example of examples/ against the sandbox, over http and https, and compares the outcome with the table in
# docs/CLIENTS.md; --write writes the table instead. --only NAME runs one function of .ci/examples, such as boto3 or aliases.
# Node comes from Debian's packages where it is missing. What cannot be run is listed as not run.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../examples" && pwd)
examples=$(cd "$here/../../examples" && pwd)
document=$examples/../docs/CLIENTS.md
for part in cells clients table more; do
    # shellcheck disable=SC1090
    . "$here/$part.sh"
done
clients=(curl_client aws_cli boto3 aws_sdk_java_sync aws_sdk_java_async aws_sdk_js anthropic_bedrock_sdk
    anthropic_sdk openai_sdk vercel_ai_sdk langchain_js portkey_gateway claude_code)
mode=compare
while [ $# -gt 0 ]; do
    case $1 in
        --write) mode=write ;;
        --only) clients=("$2") mode=print && shift ;;
        *) fail "argument $1 (expected: --write, or --only NAME)" ;;
    esac
    shift
done

# find_node: sets node_missing, the reason, when there is none that the clients can use.
find_node() {
    node_missing=
    if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
        (apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm) >"$work/apt" 2>&1 \
            || { node_missing='no Node, and none could be installed' && return; }
    fi
    local major
    major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
    [ "$major" -ge 20 ] || node_missing="Node $major is installed (they want 20)"
}

# No lock file may name where its packages came from: everybody has their own registry.
check_lock_files() {
    local file
    for file in "$examples"/*/package.json "$here/package.json"; do
        [ -f "${file%.json}-lock.json" ] || fail "no lock file beside $file"
        ! grep -q '"resolved"' "${file%.json}-lock.json" || fail "${file%.json}-lock.json names a registry; install with --omit-lockfile-registry-resolved"
    done
    pass 'the lock files name no registry'
}

run_scheme() {
    scheme=$1
    shift
    start_sandbox "$@"
    if [ "$scheme" = https ]; then
        keytool -importcert -noprompt -alias ca -file "$(line ca)" -keystore "$work/trust.p12" -storepass changeit 2>/dev/null
    fi
    local each
    for each in "${clients[@]}"; do
        "$each"
    done
    [ $mode = print ] || more_checks
    stop_sandbox
}

touch "$work/said" "$work/complained"
check_lock_files
find_node
run_scheme http
run_scheme https --tls
[ $mode = print ] || denied_models
echo
table
if [ -s "$work/misses" ]; then
    cat "$work/misses" >&2
    fail 'clients fail (above)'
fi
case $mode in
    write) write_table "$document" ;;
    compare) compare_table "$document" || fail "the table of docs/CLIENTS.md is not what ran; .ci/checks/30-examples.sh --write writes it" ;;
esac
pass 'every example that could be installed does what it should'
