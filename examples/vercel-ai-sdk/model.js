import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";

const bedrock = createAmazonBedrock({
  region: "us-east-1",
  baseURL: process.env.PROXY_URL,
  apiKey: process.env.PROXY_SECRET,
});

export const model = bedrock(process.env.MODEL ?? "us.anthropic.claude-sonnet-4-5-20250929-v1:0");
