import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { client, modelId } from "./client.js";

const messages = [{ role: "user", content: [{ text: "Say hello" }] }];
const { output } = await client.send(new ConverseCommand({ modelId, messages }));

console.log(output.message.content[0].text);
