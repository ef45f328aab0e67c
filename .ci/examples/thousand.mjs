// 1,000 requests in a row with the example's client: every tenth is a stream. Any failure ends it with its error.
// The default handler of the AWS SDK for JavaScript opens an HTTP/2 connection for each of them.
import { createRequire } from "node:module";

const folder = new URL("../../examples/aws-sdk-js/", import.meta.url);
const { client } = await import(new URL("client.js", folder));
const { ConverseCommand, ConverseStreamCommand } = createRequire(folder)("@aws-sdk/client-bedrock-runtime");
const total = 1000;

for (let i = 0; i < total; i++) {
  const messages = [{ role: "user", content: [{ text: `number ${i}` }] }];
  if (i % 10 === 9) {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: "emulator.pace-1-5-20", messages }));
    let text = "";
    let stopped = false;
    for await (const event of stream) {
      text += event.contentBlockDelta?.delta.text ?? "";
      stopped ||= event.messageStop?.stopReason === "end_turn";
    }
    if (text !== "x".repeat(100) || !stopped) throw new Error(`request ${i}: a stream of ${text.length} characters`);
  } else {
    const { output } = await client.send(new ConverseCommand({ modelId: "amazon.nova-lite-v1:0", messages }));
    const { text } = output.message.content[0];
    if (!text.startsWith(`You said: number ${i} (`)) throw new Error(`request ${i}: ${text}`);
  }
}
client.destroy();
console.log(`${total} requests`);
