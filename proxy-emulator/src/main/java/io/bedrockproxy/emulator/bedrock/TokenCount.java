package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** CountTokens: as many tokens as the same prompt is charged by the other operations. */
final class TokenCount {
    private TokenCount() {}

    static Result answer(Call call) {
        JsonNode input = call.body().path("input");
        JsonNode prompt = input.path("converse");
        if (input.has("invokeModel")) {
            prompt = invokeBody(input.path("invokeModel").path("body"));
        }
        if (!prompt.isObject()) {
            return Errors.validation("Malformed input request, please reformat your input and try again.");
        }
        return Result.json(Json.object().put("inputTokens", Prompt.tokens(Prompt.text(prompt))));
    }

    private static JsonNode invokeBody(JsonNode base64) {
        try {
            JsonNode body = Json.parse(base64.binaryValue() == null ? new byte[0] : base64.binaryValue());
            return body == null ? base64 : body;
        } catch (IOException e) {
            return base64; // not base64: not an object either
        }
    }
}
