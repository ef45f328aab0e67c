// The OpenAI and Anthropic SDKs through the surfaces' own paths and through /v1: whole, streamed, and the three errors
// as the SDKs' own types.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const folder = (name) => createRequire(new URL(`../../examples/${name}/`, import.meta.url));
const OpenAI = folder("openai-sdk")("openai");
const Anthropic = folder("anthropic-sdk")("@anthropic-ai/sdk");
const { PROXY_URL, PROXY_SECRET } = process.env;
const messages = [{ role: "user", content: "Say hello" }];

async function joined(stream, pick) {
  let text = "";
  let parts = 0;
  for await (const event of stream) {
    text += pick(event) ?? "";
    parts++;
  }
  assert.ok(parts >= 10, `${parts} parts`);
  return text;
}

const chat = {
  name: "OpenAI SDK, chat completions",
  sdk: OpenAI,
  bases: ["/openai/v1", "/v1"],
  model: "openai.gpt-oss-20b-1:0",
  whole: async (client, model) =>
    (await client.chat.completions.create({ model, messages })).choices[0].message.content,
  stream: async (client, model) =>
    joined(await client.chat.completions.create({ model, messages, stream: true }), (it) => it.choices[0]?.delta.content),
};
const responses = {
  ...chat,
  name: "OpenAI SDK, responses",
  whole: async (client, model) => (await client.responses.create({ model, input: "Say hello" })).output_text,
  stream: async (client, model) =>
    joined(await client.responses.create({ model, input: "Say hello", stream: true }), (it) =>
      it.type === "response.output_text.delta" ? it.delta : "",
    ),
};
const anthropic = {
  name: "Anthropic SDK, messages",
  sdk: Anthropic,
  bases: ["/anthropic", ""],
  model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  whole: async (client, model) => (await client.messages.create({ model, messages, max_tokens: 200 })).content[0].text,
  stream: async (client, model) =>
    joined(await client.messages.create({ model, messages, max_tokens: 200, stream: true }), (it) =>
      it.type === "content_block_delta" ? it.delta.text : "",
    ),
};

function text(model) {
  return `You said: Say hello (this is ${model.replace("us.", "")} in the emulator, and it has no opinion)`;
}

for (const api of [chat, responses, anthropic]) {
  for (const base of api.bases) {
    const options = { baseURL: PROXY_URL + base, apiKey: PROXY_SECRET, maxRetries: 0 };
    const client = new api.sdk(options);
    assert.equal(await api.whole(client, api.model), text(api.model));
    assert.equal(await api.stream(client, api.model), text(api.model));
    for (const call of [api.whole, api.stream]) {
      await assert.rejects(call(client, "emulator.error-ThrottlingException"), api.sdk.RateLimitError);
      await assert.rejects(call(client, "emulator.error-ValidationException"), api.sdk.BadRequestError);
      const stranger = new api.sdk({ ...options, apiKey: "0123456789abcdef0123456789abcdef" });
      await assert.rejects(call(stranger, api.model), api.sdk.AuthenticationError);
    }
    console.log(`ok: ${api.name} at ${base || "/"}: whole, streamed, three typed errors`);
  }
}
