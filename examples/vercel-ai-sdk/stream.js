import { streamText } from "ai";
import { model } from "./model.js";

const { fullStream } = streamText({ model, prompt: "Say hello" });

for await (const part of fullStream) {
  if (part.type === "error") throw part.error;
  if (part.type === "text-delta") process.stdout.write(part.text);
}
console.log();
