package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Anthropic's API as Bedrock serves it. */
final class AnthropicApi {
    private final Inference inference;

    AnthropicApi(Inference inference) {
        this.inference = inference;
    }

    Result messages(Call call) {
        Result wrong = wrong(call);
        if (wrong != null) {
            return wrong;
        }
        if (!call.body().path("max_tokens").isInt()) {
            return Errors.validation("max_tokens: Field required");
        }
        ModelId model = ModelId.of(call.body().path("model").asText());
        return call.body().path("stream").asBoolean()
                ? inference.stream(call, model, new MessagesShape())
                : inference.whole(call, model, new MessagesShape());
    }

    Result countTokens(Call call) {
        Result wrong = wrong(call);
        return wrong == null
                ? Result.json(Json.object().put("input_tokens", Prompt.tokens(Prompt.text(call.body()))))
                : wrong;
    }

    private static @Nullable Result wrong(Call call) {
        if (call.head().header("anthropic-version") == null) {
            return Errors.validation("anthropic-version: header is required");
        }
        JsonNode messages = call.body().path("messages");
        return messages.isArray() && !messages.isEmpty() ? null : Errors.validation("messages: Field required");
    }
}
