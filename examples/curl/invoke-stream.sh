#!/bin/sh
curl -sS -N --fail-with-body \
  -H "Authorization: Bearer $PROXY_SECRET" \
  -H "Content-Type: application/json" \
  -H "Accept: text/event-stream" \
  -d "@$(dirname "$0")/invoke.json" \
  "$PROXY_URL/model/${MODEL:-us.anthropic.claude-sonnet-4-5-20250929-v1:0}/invoke-with-response-stream"
