import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { client, modelId } from "./client.js";

const messages = [{ role: "user", content: [{ text: "Say hello" }] }];
const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }));

for await (const event of stream) {
  process.stdout.write(event.contentBlockDelta?.delta.text ?? "");
}
console.log();
