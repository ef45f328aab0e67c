#!/bin/sh
curl -sS -N --fail-with-body "${GATEWAY_URL:-http://127.0.0.1:8787}/v1/chat/completions" \
  -H "x-portkey-provider: bedrock" \
  -H "x-portkey-aws-auth-type: apiKey" \
  -H "x-portkey-aws-region: us-east-1" \
  -H "x-portkey-custom-host: $PROXY_URL" \
  -H "Authorization: Bearer $PROXY_SECRET" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "'"${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}"'",
    "messages": [{"role": "user", "content": "Say hello"}],
    "stream": true
  }'
