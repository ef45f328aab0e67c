import { client, model } from "./client.js";

const completion = await client.chat.completions.create({
  model,
  messages: [{ role: "user", content: "Say hello" }],
});

console.log(completion.choices[0].message.content);
