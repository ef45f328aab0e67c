package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds what the user said in a request body of any family, so that answers can be told apart. */
final class Prompt {
    /** Enough to recognise, little enough for any answer. */
    private static final int ECHO_CHARS = 400;

    private Prompt() {}

    /** The text of the last message, or of the prompt; empty when there is none. */
    static String text(JsonNode body) {
        JsonNode messages = body.path(body.path("input").isArray() ? "input" : "messages");
        if (messages.isArray() && !messages.isEmpty()) {
            return content(messages.get(messages.size() - 1).path("content"));
        }
        for (String name : new String[] {"prompt", "input", "inputText", "message", "text"}) {
            if (body.path(name).isTextual()) {
                return body.path(name).textValue();
            }
        }
        return "";
    }

    private static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if (block.path("text").isTextual()) {
                text.append(text.isEmpty() ? "" : " ").append(block.path("text").textValue());
            }
        }
        return text.toString();
    }

    /** The answer to {@code prompt}: it holds the prompt's words and the model's id. */
    static String answer(String prompt, ModelId model) {
        String start = prompt.substring(0, Math.min(prompt.length(), ECHO_CHARS))
                .strip()
                .replaceAll("\\s+", " ");
        return "You said: " + (start.isEmpty() ? "nothing" : start) + " (this is " + model.bare()
                + " in the emulator, and it has no opinion)";
    }

    /** About four characters to a token. */
    static int tokens(String text) {
        return Math.max(1, text.length() / 4);
    }
}
