// A model that the client's rules deny, asked for with four SDKs on every surface and alias: each raises its own error
// for 403. The same calls for an allowed model pass.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const folder = (name) => createRequire(new URL(`../../examples/${name}/`, import.meta.url));
const aws = folder("aws-sdk-js")("@aws-sdk/client-bedrock-runtime");
const OpenAI = folder("openai-sdk")("openai");
const Anthropic = folder("anthropic-sdk")("@anthropic-ai/sdk");
const { AnthropicBedrock } = folder("anthropic-bedrock-sdk")("@anthropic-ai/bedrock-sdk");
const { PermissionDeniedError } = folder("anthropic-bedrock-sdk")("@anthropic-ai/sdk");
const { PROXY_URL, PROXY_SECRET } = process.env;
const content = "Say hello";
const messages = [{ role: "user", content }];
const turns = [{ role: "user", content: [{ text: content }] }];
const options = { apiKey: PROXY_SECRET, maxRetries: 0 };

const bedrock = new aws.BedrockRuntimeClient({
  region: "us-east-1",
  endpoint: PROXY_URL,
  token: { token: PROXY_SECRET },
  authSchemePreference: ["httpBearerAuth"],
});
const calls = [];
for (const Command of [aws.ConverseCommand, aws.ConverseStreamCommand]) {
  const call = (modelId) => bedrock.send(new Command({ modelId, messages: turns }));
  calls.push([`AWS SDK for JavaScript, ${Command.name}`, call, aws.AccessDeniedException]);
}
for (const stream of [false, true]) {
  const how = stream ? "streamed" : "whole";
  for (const [name, client, denied] of [
    ["Anthropic Bedrock SDK", new AnthropicBedrock({ ...options, awsRegion: "us-east-1", baseURL: PROXY_URL }), PermissionDeniedError],
    ["Anthropic SDK at /anthropic", new Anthropic({ ...options, baseURL: `${PROXY_URL}/anthropic` }), Anthropic.PermissionDeniedError],
    ["Anthropic SDK at /", new Anthropic({ ...options, baseURL: PROXY_URL }), Anthropic.PermissionDeniedError],
  ]) {
    calls.push([`${name}, ${how}`, (model) => client.messages.create({ model, messages, max_tokens: 9, stream }), denied]);
  }
  for (const base of ["/openai/v1", "/v1"]) {
    const client = new OpenAI({ ...options, baseURL: PROXY_URL + base });
    const denied = OpenAI.PermissionDeniedError;
    const chat = (model) => client.chat.completions.create({ model, messages, stream });
    calls.push([`OpenAI SDK at ${base}, chat, ${how}`, chat, denied]);
    const respond = (model) => client.responses.create({ model, input: content, stream });
    calls.push([`OpenAI SDK at ${base}, responses, ${how}`, respond, denied]);
  }
}

for (const [name, call, denied] of calls) {
  await call("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
  await assert.rejects(call("us.anthropic.claude-opus-4-6-v1"), denied, name);
  console.log(`ok: ${name}: the denied model is refused as ${denied.name}`);
}
process.exit(0);
