package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Meta's Llama models. */
final class LlamaFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        return Json.object()
                .put("generation", text)
                .put("prompt_token_count", generation.inputTokens())
                .put("generation_token_count", generation.outputTokens())
                .put("stop_reason", "stop");
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        return List.of();
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode chunk = Json.object().put("generation", text);
        if (index == 0) {
            chunk.put("prompt_token_count", generation.inputTokens());
        } else {
            chunk.putNull("prompt_token_count");
        }
        return chunk.put("generation_token_count", index + 1).putNull("stop_reason");
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        return List.of(Json.object()
                .put("generation", "")
                .putNull("prompt_token_count")
                .put("generation_token_count", generation.outputTokens())
                .put("stop_reason", "stop"));
    }
}
