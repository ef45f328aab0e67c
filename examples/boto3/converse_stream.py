import os

import boto3

client = boto3.client("bedrock-runtime")
model = os.environ.get("MODEL", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")

response = client.converse_stream(modelId=model, messages=[{"role": "user", "content": [{"text": "Say hello"}]}])

for event in response["stream"]:
    print(event.get("contentBlockDelta", {}).get("delta", {}).get("text", ""), end="", flush=True)
print()
