import json
import os

import boto3

client = boto3.client("bedrock-runtime")
model = os.environ.get("MODEL", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")
body = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 200,
    "messages": [{"role": "user", "content": "Say hello"}],
}

response = client.invoke_model(modelId=model, body=json.dumps(body))

print(json.load(response["body"])["content"][0]["text"])
