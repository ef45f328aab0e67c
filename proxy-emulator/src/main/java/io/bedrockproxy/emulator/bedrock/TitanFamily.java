package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Amazon Titan's text models. */
final class TitanFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = Json.object().put("inputTextTokenCount", generation.inputTokens());
        answer.putArray("results")
                .addObject()
                .put("tokenCount", generation.outputTokens())
                .put("outputText", text)
                .put("completionReason", "FINISH");
        return answer;
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        return List.of();
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode chunk = Json.object()
                .put("outputText", text)
                .put("index", 0)
                .putNull("totalOutputTextTokenCount")
                .putNull("completionReason");
        return index == 0
                ? chunk.put("inputTextTokenCount", generation.inputTokens())
                : chunk.putNull("inputTextTokenCount");
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        return List.of(Json.object()
                .put("outputText", "")
                .put("index", 0)
                .put("totalOutputTextTokenCount", generation.outputTokens())
                .put("completionReason", "FINISH")
                .putNull("inputTextTokenCount"));
    }
}
