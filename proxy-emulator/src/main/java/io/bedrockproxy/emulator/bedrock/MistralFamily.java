package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Mistral's text completion; whole answers and chunks have one shape. */
final class MistralFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = Json.object();
        answer.putArray("outputs").addObject().put("text", text).put("stop_reason", "stop");
        return answer;
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        return List.of();
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode chunk = Json.object();
        chunk.putArray("outputs").addObject().put("text", text).putNull("stop_reason");
        return chunk;
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        return List.of(whole(generation, ""));
    }
}
