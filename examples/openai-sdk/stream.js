import { client, model } from "./client.js";

const stream = await client.chat.completions.create({
  model,
  messages: [{ role: "user", content: "Say hello" }],
  stream: true,
});

for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}
console.log();
