#!/bin/sh
cd "$(dirname "$0")" || exit
export ANTHROPIC_BEDROCK_BASE_URL="$PROXY_URL" AWS_BEARER_TOKEN_BEDROCK="$PROXY_SECRET"
npx claude --settings settings.json --model "${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}" \
  --print "Say hello"
