import { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { client, modelId } from "./client.js";

const body = JSON.stringify({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 200,
  messages: [{ role: "user", content: "Say hello" }],
});
const response = await client.send(new InvokeModelCommand({ modelId, body, contentType: "application/json" }));
const answer = JSON.parse(response.body.transformToString());

console.log(answer.content[0].text);
