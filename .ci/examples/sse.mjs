// Reads native streams, asked for as Server-Sent Events, with two clients' own parsers: the EventSource of npm's
// `eventsource`, and the stream of the OpenAI SDK. Both have to read the same whole answer.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { EventSource } from "eventsource";

const { Stream } = createRequire(new URL("../../examples/openai-sdk/", import.meta.url))("openai/streaming");
const { PROXY_URL, PROXY_SECRET } = process.env;
const claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const bodies = {
  "converse-stream": { messages: [{ role: "user", content: [{ text: "Say hello" }] }] },
  "invoke-with-response-stream": {
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: 200,
    messages: [{ role: "user", content: "Say hello" }],
  },
};
// The last event of each; of Converse `metadata`, of InvokeModel a chunk of the type `message_stop`.
const isLast = (name, data) => name === "metadata" || name === "exception" || data.type === "message_stop";
const names = ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
  "chunk", "exception"];

function post(model, operation, init = {}) {
  return fetch(`${PROXY_URL}/model/${model}/${operation}`, {
    ...init,
    method: "POST",
    headers: {
      Accept: "text/event-stream",
      Authorization: `Bearer ${PROXY_SECRET}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(bodies[operation]),
  });
}

function withEventSource(model, operation) {
  return new Promise((resolve, reject) => {
    const events = [];
    const source = new EventSource(PROXY_URL, { fetch: (_, init) => post(model, operation, init) });
    source.onerror = (error) => reject(new Error(`EventSource: ${error.code} ${error.message}`));
    for (const name of names) {
      source.addEventListener(name, ({ data }) => {
        events.push({ name, data: JSON.parse(data) });
        if (isLast(name, events.at(-1).data)) {
          source.close();
          resolve(events);
        }
      });
    }
  });
}

async function withOpenAi(model, operation) {
  const events = [];
  for await (const data of Stream.fromSSEResponse(await post(model, operation), new AbortController())) {
    events.push({ data });
  }
  return events;
}

const text = (events) => events.map(({ data }) => data.delta?.text ?? "").join("");
const whole = "You said: Say hello (this is anthropic.claude-sonnet-4-5-20250929-v1:0 in the emulator, and it has no opinion)";

for (const operation of Object.keys(bodies)) {
  for (const read of [withEventSource, withOpenAi]) {
    const events = await read(claude, operation);
    assert.equal(text(events), whole);
    assert.ok(events.length >= 10, `${events.length} events`);
    console.log(`ok: ${operation}, ${read.name}: ${events.length} events`);
  }
  const broken = await withEventSource("emulator.midstream-ModelStreamErrorException-2", operation);
  assert.equal(broken.at(-1).name, "exception");
  assert.match(JSON.stringify(broken.at(-1).data), /The emulator was asked for this/);
  console.log(`ok: ${operation}, a stream that breaks off ends with an exception: ${JSON.stringify(broken.at(-1).data)}`);
}
process.exit(0);
