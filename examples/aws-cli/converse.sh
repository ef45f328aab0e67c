#!/bin/sh
aws bedrock-runtime converse \
  --model-id "${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}" \
  --messages '[{"role": "user", "content": [{"text": "Say hello"}]}]' \
  --query 'output.message.content[0].text' --output text
