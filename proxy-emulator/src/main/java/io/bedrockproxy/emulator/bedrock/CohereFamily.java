package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Cohere's Command R chat. */
final class CohereFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        return Json.object()
                .put("response_id", Integer.toHexString(generation.hashCode()))
                .put("text", text)
                .put("generation_id", Integer.toHexString(generation.hashCode()))
                .put("finish_reason", "COMPLETE");
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        return List.of();
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        return Json.object()
                .put("is_finished", false)
                .put("event_type", "text-generation")
                .put("text", text);
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        return List.of(Json.object()
                .put("is_finished", true)
                .put("event_type", "stream-end")
                .put("finish_reason", "COMPLETE"));
    }
}
