// The AWS SDK for JavaScript with its default handler and an access key that the proxy issued, instead of a secret.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const sdk = createRequire(new URL("../../examples/aws-sdk-js/", import.meta.url))("@aws-sdk/client-bedrock-runtime");
const { PROXY_URL, ACCESS_KEY_ID, PROXY_SECRET } = process.env;
const messages = [{ role: "user", content: [{ text: "Say hello" }] }];
const id = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const whole = "You said: Say hello (this is anthropic.claude-sonnet-4-5-20250929-v1:0 in the emulator, and it has no opinion)";
// A bearer token in the environment would win over the key.
delete process.env.AWS_BEARER_TOKEN_BEDROCK;

const clientWith = (accessKeyId, secretAccessKey) =>
  new sdk.BedrockRuntimeClient({
    region: "us-east-1",
    endpoint: PROXY_URL,
    credentials: { accessKeyId, secretAccessKey },
  });
const client = clientWith(ACCESS_KEY_ID, PROXY_SECRET);

for (const modelId of [id, `arn:aws:bedrock:us-east-1:000000000000:inference-profile/${id}`]) {
  const { output } = await client.send(new sdk.ConverseCommand({ modelId, messages }));
  assert.equal(output.message.content[0].text, whole);
  const { stream } = await client.send(new sdk.ConverseStreamCommand({ modelId, messages }));
  let text = "";
  for await (const event of stream) text += event.contentBlockDelta?.delta.text ?? "";
  assert.equal(text, whole);
  console.log(`ok: signed with an issued key: ${modelId}, whole and streamed`);
}
for (const [what, wrong] of [
  ["secret", clientWith(ACCESS_KEY_ID, "0123456789abcdef0123456789abcdef01234567")],
  ["key id", clientWith("PROXYKEY999999999999", PROXY_SECRET)],
]) {
  await assert.rejects(wrong.send(new sdk.ConverseCommand({ modelId: id, messages })), (error) => {
    assert.equal(error.name, "UnrecognizedClientException");
    assert.equal(error.$metadata.httpStatusCode, 401);
    return true;
  });
  console.log(`ok: a wrong ${what} is refused as UnrecognizedClientException`);
}
