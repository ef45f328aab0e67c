#!/bin/sh
set -e
answer=$(mktemp)
aws bedrock-runtime invoke-model \
  --model-id "${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}" \
  --body "fileb://$(dirname "$0")/request.json" \
  "$answer" > /dev/null
cat "$answer"
rm "$answer"
