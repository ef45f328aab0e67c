import { client, model } from "./client.js";

const stream = await client.messages.create({
  model,
  max_tokens: 200,
  messages: [{ role: "user", content: "Say hello" }],
  stream: true,
});

for await (const event of stream) {
  if (event.type === "content_block_delta") process.stdout.write(event.delta.text);
}
console.log();
