import { InvokeModelWithResponseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { client, modelId } from "./client.js";

const body = JSON.stringify({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 200,
  messages: [{ role: "user", content: "Say hello" }],
});
const response = await client.send(
  new InvokeModelWithResponseStreamCommand({ modelId, body, contentType: "application/json" }),
);

for await (const event of response.body) {
  const part = JSON.parse(new TextDecoder().decode(event.chunk.bytes));
  process.stdout.write(part.delta?.text ?? "");
}
console.log();
