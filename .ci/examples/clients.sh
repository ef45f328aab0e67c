# One function for each client: its cells of the table, over the scheme at hand. Needs cells.sh.
# shellcheck shell=bash

# ready FOLDER [PACKAGE]: has npm's packages as the lock file lists them. Sets folder and version, or why_not.
ready() {
    folder=$1
    version=${2:+$(sed -n "s/^    \"${2//\//\\/}\": \"\(.*\)\".*/\1/p" "$folder/package.json")}
    why_not=$node_missing
    [ -z "$why_not" ] || return 1
    [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] || return 0
    if ! (cd "$folder" && npm ci --no-audit --no-fund) >"$work/npm" 2>&1; then
        tail -n 5 "$work/npm" | sed 's/^/    npm: /'
        # A lock file that does not fit is a mistake of ours; the rest is the registry's or the network's.
        ! grep -qE 'code (EUSAGE|EINTEGRITY|EJSONPARSE)' "$work/npm" || fail "npm ci in $folder"
        why_not="npm ci did not install it ($(sed -n 's/^npm .*code \([A-Z0-9]*\)$/\1/p' "$work/npm" | head -n 1))"
        return 1
    fi
}

# installed FOLDER PACKAGE: one of the examples, or its cells say why not.
installed() {
    ready "$examples/$1" "$2" || { not_run "$why_not" && return 1; }
}

curl_client() {
    client='curl' folder=$examples/curl version=$(curl --version | sed -n '1s/^curl \([^ ]*\).*/\1/p')
    answers invoke ./invoke.sh
    answers converse ./converse.sh
    streams stream ./invoke-stream.sh
    streams 'converse stream' ./converse-stream.sh
    errors 'error: 429' 'error: 400' 'error: 401' ./converse.sh
    # curl prints the event; its exit code is that of the transfer.
    breaks_off - ./converse-stream.sh
    takes_arn ./converse.sh
}

aws_cli() {
    client='AWS CLI' folder=$examples/aws-cli version=
    local text
    text=$(aws --version 2>&1) || { not_run 'not installed' && return; }
    version=$(sed -n 's/^aws-cli\/\([^ ]*\).*/\1/p' <<<"$text")
    case $text in
        aws-cli/1.[0-9].* | aws-cli/1.[123][0-9].* | aws-cli/1.40.* | aws-cli/2.[0-9].* | aws-cli/2.1[0-9].* | aws-cli/2.2[0-7].*)
            not_run 'installed is one that knows no bearer tokens (before 1.41 and 2.28)'
            return
            ;;
    esac
    answers invoke ./invoke.sh
    answers converse ./converse.sh
    not_offered stream 'converse stream'
    errors '\(ThrottlingException\)' '\(ValidationException\)' '\(UnrecognizedClientException\)' ./converse.sh
    breaks_off -
    takes_arn ./converse.sh
}

boto3() {
    client='boto3' folder=$examples/boto3
    version=$(python3 -c 'import boto3; print(boto3.__version__)' 2>/dev/null) || version=
    case $version in
        '') not_run 'not installed' && return ;;
        1.[0-9].* | 1.[12][0-9].* | 1.3[0-8].*) not_run 'installed is one that knows no bearer tokens (before 1.39)' && return ;;
    esac
    answers invoke python3 invoke.py
    answers converse python3 converse.py
    streams stream python3 invoke_stream.py
    streams 'converse stream' python3 converse_stream.py
    errors '^botocore.errorfactory.ThrottlingException' '^botocore.errorfactory.ValidationException' \
        '^botocore.exceptions.ClientError: .*\(UnrecognizedClientException\)' python3 converse.py
    breaks_off '^botocore.exceptions.EventStreamError: .*modelStreamErrorException' python3 converse_stream.py
    takes_arn python3 converse.py
}

# built_java: the Java examples' classes and libraries. Sets folder and version.
built_java() {
    folder=$examples/aws-sdk-java
    version=$(sed -n '/>bedrockruntime</{n;s/.*>\(.*\)<.*/\1/p}' "$folder/pom.xml")
    [ ! "$folder/target/lib" -nt "$folder/pom.xml" ] || [ ! -f "$folder/target/classes/SyncInvoke.class" ] || return 0
    if ! mvn -B -ntp -f "$folder/pom.xml" clean package >"$work/mvn" 2>&1; then
        grep '^\[ERROR\]' "$work/mvn" | head -n 5 | sed 's/^/    mvn: /'
        ! grep -q 'COMPILATION ERROR' "$work/mvn" || fail "mvn package in $folder"
        not_run 'mvn package did not build it'
        return 1
    fi
}

java_errors() {
    local name='software.amazon.awssdk.services.bedrockruntime.model'
    errors "$name.ThrottlingException" "$name.ValidationException" \
        "$name.BedrockRuntimeException: .*(Status Code: 401|Service: BedrockRuntime, Status Code: 401)" "$@"
}

aws_sdk_java_sync() {
    client='AWS SDK for Java, sync'
    built_java || return 0
    local java=(java -cp 'target/classes:target/lib/*')
    answers invoke "${java[@]}" SyncInvoke
    answers converse "${java[@]}" SyncConverse
    not_offered stream 'converse stream'
    java_errors "${java[@]}" SyncConverse
    breaks_off -
    takes_arn "${java[@]}" SyncConverse
}

aws_sdk_java_async() {
    client='AWS SDK for Java, async'
    built_java || return 0
    local java=(java -cp 'target/classes:target/lib/*')
    answers invoke "${java[@]}" AsyncInvoke
    answers converse "${java[@]}" AsyncConverse
    streams stream "${java[@]}" AsyncInvokeStream
    streams 'converse stream' "${java[@]}" AsyncConverseStream
    java_errors "${java[@]}" AsyncConverse
    breaks_off 'model.ModelStreamErrorException' "${java[@]}" AsyncConverseStream
    takes_arn "${java[@]}" AsyncConverse
}

aws_sdk_js() {
    client='AWS SDK for JavaScript'
    installed aws-sdk-js @aws-sdk/client-bedrock-runtime || return 0
    answers invoke node invoke.js
    answers converse node converse.js
    streams stream node invoke-stream.js
    streams 'converse stream' node converse-stream.js
    errors '^ThrottlingException:' '^ValidationException:' '^UnrecognizedClientException:' node converse.js
    breaks_off '^ModelStreamErrorException:' node converse-stream.js
    takes_arn node converse.js
}

anthropic_bedrock_sdk() {
    client='Anthropic Bedrock SDK'
    installed anthropic-bedrock-sdk @anthropic-ai/bedrock-sdk || return 0
    answers invoke node answer.js
    streams stream node stream.js
    not_offered converse 'converse stream'
    errors '^RateLimitError: 429' '^BadRequestError: 400' '^AuthenticationError: 401' node answer.js
    breaks_off '^APIError: .*modelStreamErrorException' node stream.js
    takes_arn node answer.js
}

anthropic_sdk() {
    client='Anthropic SDK'
    installed anthropic-sdk @anthropic-ai/sdk || return 0
    answers invoke node answer.js
    streams stream node stream.js
    not_offered converse 'converse stream'
    errors '^RateLimitError: 429' '^BadRequestError: 400' '^AuthenticationError: 401' node answer.js
    breaks_off '^APIError: .*The emulator was asked for this' node stream.js
    takes_arn node answer.js
}

openai_sdk() {
    client='OpenAI SDK'
    installed openai-sdk openai || return 0
    takes_arn node answer.js
    local claude=openai.gpt-oss-20b-1:0
    answers invoke node answer.js
    streams stream node stream.js
    not_offered converse 'converse stream'
    errors '^RateLimitError: 429' '^BadRequestError: 400' '^AuthenticationError: 401' node answer.js
    breaks_off '^APIError: .*The emulator was asked for this' node stream.js
}

vercel_ai_sdk() {
    client='Vercel AI SDK'
    installed vercel-ai-sdk @ai-sdk/amazon-bedrock || return 0
    answers converse node answer.js
    streams 'converse stream' node stream.js
    not_offered invoke stream
    errors 'statusCode: 429' 'APICallError.*The emulator was asked' "APICallError.*one valid secret" node answer.js
    breaks_off 'The emulator was asked for this' node stream.js
    takes_arn node answer.js
}

langchain_js() {
    client='LangChain JS'
    installed langchain-js @langchain/aws || return 0
    answers converse node answer.js
    streams 'converse stream' node stream.js
    not_offered invoke stream
    errors '^ThrottlingException:' '^ValidationException:' '^UnrecognizedClientException:' node answer.js
    breaks_off '^ModelStreamErrorException:' node stream.js
    takes_arn node answer.js
}

portkey_gateway() {
    client='Portkey gateway'
    installed portkey-gateway @portkey-ai/gateway || return 0
    local port ca tries=0
    ca=$(line ca)
    port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
    (
        cd "$folder"
        exec env -i PATH="$PATH" HOME="$HOME" ${ca:+NODE_EXTRA_CA_CERTS="$ca"} \
            node_modules/.bin/gateway "--port=$port" --headless
    ) >"$work/gateway" 2>&1 &
    local gateway_pid=$!
    other_pids+=("$gateway_pid")
    until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do
        tries=$((tries + 1))
        if [ $tries -ge 200 ] || ! kill -0 "$gateway_pid" 2>/dev/null; then
            cp "$work/gateway" "$work/complained"
            miss converse 'the gateway did not start'
            return 0
        fi
        sleep 0.1
    done
    local GATEWAY_URL=http://127.0.0.1:$port
    answers converse ./answer.sh
    streams 'converse stream' ./stream.sh
    not_offered invoke stream
    # It hands on status and message; a stream that breaks off it ends with finish_reason "stop".
    errors 'error: 429' 'error: 400' 'error: 401' ./answer.sh
    breaks_off -
    takes_arn ./answer.sh
    kill "$gateway_pid" && wait "$gateway_pid" 2>/dev/null || true
}

claude_code() {
    client='Claude Code'
    installed claude-code @anthropic-ai/claude-code || return 0
    mkdir -p "$work/claude"
    local own=(env "HOME=$work/claude")
    # It asks with streams only; what --print waits for is one too.
    not_offered invoke converse 'converse stream'
    streams stream "${own[@]}" ./stream.sh
    errors '\(429\)' 'API Error: 400' 'API Error: 401' "${own[@]}" ./answer.sh
    breaks_off 'The emulator was asked for this' "${own[@]}" ./answer.sh
    takes_arn "${own[@]}" ./answer.sh
}
