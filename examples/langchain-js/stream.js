import { model } from "./model.js";

for await (const chunk of await model.stream("Say hello")) {
  process.stdout.write(chunk.text);
}
console.log();
