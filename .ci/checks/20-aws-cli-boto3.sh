#!/usr/bin/env bash
# boto3 and the AWS CLI, unmodified, with the proxy's secret as their bearer token; where versions are installed that know
# Bedrock and bearer tokens (botocore 1.39, AWS CLI 2.28). Exits 77 where there is neither.
# shellcheck source=../lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

has_boto3() {
    python3 - <<'PYTHON' 2>/dev/null
import botocore
assert tuple(map(int, botocore.__version__.split(".")[:2])) >= (1, 39)
import boto3
PYTHON
}

has_cli() {
    local version
    version=$(aws --version 2>&1) || return 1
    case $version in
        aws-cli/1.*) [[ $version =~ botocore/1\.([0-9]+)\. ]] && [ "${BASH_REMATCH[1]}" -ge 39 ] ;;
        aws-cli/2.*) [[ $version =~ aws-cli/2\.([0-9]+)\. ]] && [ "${BASH_REMATCH[1]}" -ge 28 ] ;;
        *) return 1 ;;
    esac
}

check_boto3() {
    python3 - <<'PYTHON'
import json
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

runtime = boto3.client("bedrock-runtime", config=Config(retries={"max_attempts": 0}))
claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
turn = [{"role": "user", "content": [{"text": "Say hello"}]}]
invoke = json.dumps({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 200,
                     "messages": [{"role": "user", "content": "Say hello"}]})

answer = json.loads(runtime.invoke_model(modelId=claude, body=invoke)["body"].read())
assert answer["role"] == "assistant", answer
print("ok: boto3 invoke_model")

answer = runtime.converse(modelId=claude, messages=turn)
assert answer["output"]["message"]["content"][0]["text"], answer
print("ok: boto3 converse")

times = []
text = ""
for event in runtime.converse_stream(modelId=claude, messages=turn)["stream"]:
    times.append(time.monotonic())
    text += event.get("contentBlockDelta", {}).get("delta", {}).get("text", "")
assert text and times[-1] - times[0] > 0.2, (text, times)
print("ok: boto3 converse_stream, %d events over %.1f s" % (len(times), times[-1] - times[0]))

chunks = list(runtime.invoke_model_with_response_stream(modelId=claude, body=invoke)["body"])
assert json.loads(chunks[0]["chunk"]["bytes"])["type"] == "message_start", chunks
print("ok: boto3 invoke_model_with_response_stream")

arn = "arn:aws:bedrock:us-east-1:000000000000:inference-profile/" + claude
assert runtime.converse(modelId=arn, messages=turn)["output"]
print("ok: boto3 with an ARN as model id")

for model, name in (("emulator.error-ThrottlingException", "ThrottlingException"),
                    ("emulator.error-ValidationException", "ValidationException")):
    try:
        runtime.converse(modelId=model, messages=turn)
        raise SystemExit("no " + name)
    except getattr(runtime.exceptions, name):
        print("ok: boto3 raises", name)

try:
    for event in runtime.converse_stream(modelId="emulator.midstream-ModelStreamErrorException-2",
                                         messages=turn)["stream"]:
        pass
    raise SystemExit("a stream that breaks off looked whole")
except Exception as error:
    assert "modelStreamErrorException" in str(error), error
    print("ok: boto3 raises what comes in the middle of a stream")
PYTHON
    AWS_BEARER_TOKEN_BEDROCK=0123456789abcdef0123456789abcdef python3 - <<'PYTHON'
import boto3
from botocore.exceptions import ClientError
try:
    boto3.client("bedrock-runtime").converse(modelId="amazon.nova-lite-v1:0", messages=[])
    raise SystemExit("a wrong secret was taken")
except ClientError as error:
    assert error.response["Error"]["Code"] == "UnrecognizedClientException", error.response
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 401, error.response
    print("ok: boto3 raises UnrecognizedClientException for a wrong secret")
PYTHON
}

check_cli() {
    local body='{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}'
    local claude=us.anthropic.claude-sonnet-4-5-20250929-v1:0
    printf '%s' "$body" >"$work/request.json"
    aws bedrock-runtime invoke-model --model-id "$claude" --body "fileb://$work/request.json" "$work/answer.json" \
        >/dev/null || fail 'aws bedrock-runtime invoke-model'
    grep -q '"role":"assistant"' "$work/answer.json" || fail "invoke-model: $(cat "$work/answer.json")"
    pass 'aws bedrock-runtime invoke-model'
    aws bedrock-runtime converse --model-id "$claude" --messages '[{"role":"user","content":[{"text":"hi"}]}]' \
        >"$work/answer.json" || fail 'aws bedrock-runtime converse'
    grep -q '"assistant"' "$work/answer.json" || fail "converse: $(cat "$work/answer.json")"
    pass 'aws bedrock-runtime converse'
}

boto3=no
cli=no
if has_boto3; then boto3=yes; else echo 'not run: boto3 (none, or older than 1.39, which knows no bearer tokens)'; fi
if has_cli; then cli=yes; else echo 'not run: AWS CLI (none, or older than 1.41 and 2.28, which know no bearer tokens)'; fi
[ "$boto3$cli" != nono ] || exit 77

start_sandbox
export AWS_BEARER_TOKEN_BEDROCK AWS_ENDPOINT_URL_BEDROCK_RUNTIME AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
AWS_BEARER_TOKEN_BEDROCK=$(line secret)
AWS_ENDPOINT_URL_BEDROCK_RUNTIME=$(line endpoint)
if [ $boto3 = yes ]; then check_boto3 || fail boto3; fi
if [ $cli = yes ]; then check_cli; fi
stop_sandbox
