import OpenAI from "openai";

export const client = new OpenAI({
  baseURL: `${process.env.PROXY_URL}/openai/v1`,
  apiKey: process.env.PROXY_SECRET,
});

export const model = process.env.MODEL ?? "openai.gpt-oss-20b-1:0";
