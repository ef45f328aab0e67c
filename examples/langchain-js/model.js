import { ChatBedrockConverse } from "@langchain/aws";

// LangChain takes a host of its own for https only (endpointHost); this variable works for http too.
process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = process.env.PROXY_URL;

export const model = new ChatBedrockConverse({
  region: "us-east-1",
  bedrockBearerToken: process.env.PROXY_SECRET,
  model: process.env.MODEL ?? "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
});
