import os

import boto3

client = boto3.client("bedrock-runtime")
model = os.environ.get("MODEL", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")

response = client.converse(modelId=model, messages=[{"role": "user", "content": [{"text": "Say hello"}]}])

print(response["output"]["message"]["content"][0]["text"])
