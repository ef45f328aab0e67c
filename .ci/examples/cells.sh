# The cells of the table in docs/CLIENTS.md: runs one example as a user would, judges what it prints, notes the result.
# shellcheck shell=bash

# What examples ask for when MODEL is not set.
claude=us.anthropic.claude-sonnet-4-5-20250929-v1:0
arn=arn:aws:bedrock:us-east-1:000000000000:inference-profile/$claude
no_secret=0123456789abcdef0123456789abcdef
# client|version|scheme|column|result
results=$work/results
: >"$results"

# note COLUMN RESULT: of the client and scheme at hand.
note() {
    printf '%s|%s|%s|%s|%s\n' "$client" "$version" "$scheme" "$1" "$2" >>"$results"
    printf '%-7s %-22s %-6s %s\n' "${2%% *}" "$client" "$scheme" "$1"
}

# miss COLUMN WHY: says why, and lets the others run.
miss() {
    note "$1" FAILED
    printf '%s, %s, %s: %s\n' "$client" "$scheme" "$1" "$2" | tee -a "$work/misses" | sed 's/^/    /'
    tail -n 15 "$work/said" "$work/complained" | cut -c 1-400 | sed 's/^/    /'
}

# not_run WHY
not_run() {
    local column
    for column in invoke stream converse 'converse stream' error 'ARN id'; do
        note "$column" "not run: $1"
    done
}

not_offered() {
    local column
    for column; do
        note "$column" 'not offered'
    done
}

# example MODEL SECRET COMMAND...: in the client's folder, with nothing of this shell's environment.
example() {
    local model=$1 secret=$2
    shift 2
    local settings=("PROXY_URL=$(line endpoint)" "PROXY_SECRET=$secret"
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME=$(line endpoint)" "AWS_BEARER_TOKEN_BEDROCK=$secret"
        AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
        AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
        # The first answer counts: SDKs try again when they are throttled.
        AWS_MAX_ATTEMPTS=1 CLAUDE_CODE_MAX_RETRIES=0)
    [ -z "$model" ] || settings+=("MODEL=$model")
    if [ "$scheme" = https ]; then
        local ca
        ca=$(line ca)
        settings+=("CURL_CA_BUNDLE=$ca" "AWS_CA_BUNDLE=$ca" "NODE_EXTRA_CA_CERTS=$ca")
        [ ! -f "$work/trust.p12" ] || settings+=("JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=$work/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit")
    fi
    (
        cd "$folder"
        exec env -i PATH="$PATH" HOME="$HOME" LC_ALL=C.UTF-8 ${PYENV_ROOT:+PYENV_ROOT="$PYENV_ROOT"} \
            ${GATEWAY_URL:+GATEWAY_URL="$GATEWAY_URL"} "${settings[@]}" timeout --kill-after=5 "${LIMIT:-90}" "$@" </dev/null
    )
}

# The text of an answer, also where a client prints JSON or events with the text in pieces.
text_of() {
    if head -c 1 "$1" | grep -q '[{de]'; then
        grep -oE '"(text|content)":"[^"]*"' "$1" | sed -E 's/^"(text|content)":"//; s/"$//' | tr -d '\n'
    else
        cat "$1"
    fi
}

# right MODEL: the emulator's answer, whole.
right() {
    text_of "$work/said" | grep -qF "You said: " \
        && text_of "$work/said" | grep -qF "(this is ${1#us.} in the emulator, and it has no opinion)"
}

# answers COLUMN COMMAND...
answers() {
    local column=$1 status=0
    shift
    example '' "$(line secret)" "$@" >"$work/said" 2>"$work/complained" || status=$?
    if [ $status -ne 0 ]; then
        miss "$column" "exit code $status"
    elif ! right "$claude"; then
        miss "$column" 'not the answer'
    else
        note "$column" pass
    fi
}

# streams COLUMN COMMAND...: the answer, and long before its end its beginning; then one that breaks off.
streams() {
    local column=$1 character first='' last=0 status
    shift
    : >"$work/said"
    while IFS= read -r -d '' -N 1 character; do
        last=${EPOCHREALTIME/./}
        [ -n "$first" ] || first=$last
        printf '%s' "$character" >&3
    done 3>"$work/said" < <(
        status=0
        example '' "$(line secret)" "$@" 2>"$work/complained" || status=$?
        echo "$status" >"$work/status"
    )
    status=$(cat "$work/status")
    if [ "$status" -ne 0 ]; then
        miss "$column" "exit code $status"
    elif ! right "$claude"; then
        miss "$column" 'not the answer'
    elif [ $((last - ${first:-0})) -lt 300000 ]; then
        miss "$column" "all of it within $(((last - first) / 1000)) ms (expected: as it is made)"
    else
        note "$column" pass
    fi
}

# fails WHAT PATTERN MODEL SECRET COMMAND...: the command has to fail and to say PATTERN.
fails() {
    local what=$1 pattern=$2 model=$3 secret=$4 status=0
    shift 4
    example "$model" "$secret" "$@" >"$work/said" 2>"$work/complained" || status=$?
    if [ $status -eq 0 ] || [ $status -eq 124 ] || [ $status -eq 137 ]; then
        error_why="$what: exit code $status (expected: a failure)"
        return 1
    fi
    if ! cat "$work/said" "$work/complained" | grep -qE "$pattern"; then
        error_why="$what: does not say $pattern"
        return 1
    fi
}

# errors THROTTLED INVALID UNAUTHENTICATED COMMAND...: patterns of the three typed errors.
errors() {
    local throttled=$1 invalid=$2 unauthenticated=$3 error_why=
    shift 3
    if fails throttling "$throttled" emulator.error-ThrottlingException "$(line secret)" "$@" \
        && fails validation "$invalid" emulator.error-ValidationException "$(line secret)" "$@" \
        && fails 'wrong secret' "$unauthenticated" '' "$no_secret" "$@"; then
        error_result=pass
    else
        error_result=FAILED
        miss error "$error_why"
    fi
}

# breaks_off PATTERN COMMAND...: a stream with an exception in its middle; PATTERN '-': this client does not tell.
# Ends the column 'error' that errors() began.
breaks_off() {
    local pattern=$1 error_why=
    shift
    [ "$error_result" = pass ] || return 0
    if [ "$pattern" = - ] \
        || fails 'a stream that breaks off' "$pattern" emulator.midstream-ModelStreamErrorException-2 "$(line secret)" "$@"; then
        note error pass
    else
        miss error "$error_why"
    fi
}

# takes_arn COMMAND...
takes_arn() {
    local status=0
    example "$arn" "$(line secret)" "$@" >"$work/said" 2>"$work/complained" || status=$?
    if [ $status -ne 0 ] || ! right "$claude"; then
        miss 'ARN id' "exit code $status"
    else
        note 'ARN id' pass
    fi
}
