import { generateText } from "ai";
import { model } from "./model.js";

const { text } = await generateText({ model, prompt: "Say hello" });

console.log(text);
