import { client, model } from "./client.js";

const message = await client.messages.create({
  model,
  max_tokens: 200,
  messages: [{ role: "user", content: "Say hello" }],
});

console.log(message.content[0].text);
