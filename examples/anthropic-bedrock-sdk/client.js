import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";

export const client = new AnthropicBedrock({
  awsRegion: "us-east-1",
  baseURL: process.env.PROXY_URL,
  apiKey: process.env.PROXY_SECRET,
});

export const model = process.env.MODEL ?? "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
