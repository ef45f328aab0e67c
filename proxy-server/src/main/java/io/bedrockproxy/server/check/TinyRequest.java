package io.bedrockproxy.server.check;

import java.nio.charset.StandardCharsets;

/**
 * The cheapest request to a model: one token of an answer to one word.
 *
 * @param operation AWS's name for it
 * @param pathEnd what follows the model in the path
 * @param body JSON
 */
record TinyRequest(String operation, String pathEnd, String body) {
    private static final String WORD = "Hi";

    /** Asks all models that converse in the same way. */
    static TinyRequest converse() {
        return new TinyRequest(
                "Converse",
                "/converse",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" + WORD + "\"}]}],"
                        + "\"inferenceConfig\":{\"maxTokens\":1}}");
    }

    /** For models that do not converse, such as embeddings, and for clients that may not: in the family's own form. */
    static TinyRequest invoke(String model) {
        return new TinyRequest("InvokeModel", "/invoke", invokeBody(model));
    }

    private static String invokeBody(String model) {
        if (model.contains("anthropic.")) {
            return "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":1,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"" + WORD + "\"}]}";
        }
        if (model.contains("amazon.nova")) {
            return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" + WORD + "\"}]}],"
                    + "\"inferenceConfig\":{\"maxTokens\":1}}";
        }
        if (model.contains("cohere.embed")) {
            return "{\"texts\":[\"" + WORD + "\"],\"input_type\":\"search_query\"}";
        }
        if (model.contains("amazon.titan")) {
            return "{\"inputText\":\"" + WORD + "\"}";
        }
        return "{\"prompt\":\"" + WORD + "\"}";
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
