#!/bin/sh
curl -sS --fail-with-body \
  -H "Authorization: Bearer $PROXY_SECRET" \
  -H "Content-Type: application/json" \
  -d "@$(dirname "$0")/converse.json" \
  "$PROXY_URL/model/${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}/converse"
