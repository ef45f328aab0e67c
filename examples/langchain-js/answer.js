import { model } from "./model.js";

const message = await model.invoke("Say hello");

console.log(message.text);
