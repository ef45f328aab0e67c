import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";

export const client = new BedrockRuntimeClient({
  region: "us-east-1",
  endpoint: process.env.PROXY_URL,
  token: { token: process.env.PROXY_SECRET },
  authSchemePreference: ["httpBearerAuth"],
});

export const modelId = process.env.MODEL ?? "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
