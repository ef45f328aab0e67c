import Anthropic from "@anthropic-ai/sdk";

export const client = new Anthropic({
  baseURL: `${process.env.PROXY_URL}/anthropic`,
  apiKey: process.env.PROXY_SECRET,
});

export const model = process.env.MODEL ?? "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
