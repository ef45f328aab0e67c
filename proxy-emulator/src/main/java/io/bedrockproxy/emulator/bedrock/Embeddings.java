package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Titan's and Cohere's embeddings: a vector that depends on the text and on nothing else. */
final class Embeddings {
    private static final int DIMENSIONS_V1 = 1536;
    private static final int DIMENSIONS = 1024;

    private Embeddings() {}

    static boolean isEmbedding(ModelId model) {
        return model.bare().startsWith("amazon.titan-embed") || model.bare().startsWith("cohere.embed");
    }

    static Result answer(ModelId model, ObjectNode body) {
        return Result.json(model.bare().startsWith("cohere.") ? cohere(body) : titan(model, body));
    }

    private static ObjectNode titan(ModelId model, ObjectNode body) {
        String text = body.path("inputText").asText();
        int preset = model.bare().startsWith("amazon.titan-embed-text-v1") ? DIMENSIONS_V1 : DIMENSIONS;
        ArrayNode vector = vector(text, Math.min(body.path("dimensions").asInt(preset), DIMENSIONS_V1));
        ObjectNode answer = Json.object();
        answer.set("embedding", vector);
        answer.putObject("embeddingsByType").set("float", vector);
        return answer.put("inputTextTokenCount", Prompt.tokens(text));
    }

    private static ObjectNode cohere(ObjectNode body) {
        ObjectNode answer = Json.object();
        ArrayNode vectors = answer.putArray("embeddings");
        ArrayNode texts = answer.putArray("texts");
        body.path("texts").forEach(text -> {
            vectors.add(vector(text.asText(), DIMENSIONS));
            texts.add(text.asText());
        });
        return answer.put("response_type", "embeddings_floats").put("id", Integer.toHexString(texts.hashCode()));
    }

    private static ArrayNode vector(String text, int dimensions) {
        RandomGenerator fromText = new Random(text.hashCode());
        double[] values = fromText.doubles(Math.max(1, dimensions), -1, 1).toArray();
        double norm = Math.sqrt(
                java.util.Arrays.stream(values).map(value -> value * value).sum());
        ArrayNode vector = Json.object().putArray("v");
        for (double value : values) {
            vector.add((float) (value / norm));
        }
        return vector;
    }
}
