package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Amazon Nova's understanding models. */
final class NovaFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = Json.object();
        ObjectNode message = answer.putObject("output").putObject("message");
        message.putArray("content").addObject().put("text", text);
        message.put("role", "assistant");
        answer.put("stopReason", "end_turn");
        answer.set("usage", usage(generation).put("totalTokens", generation.totalTokens()));
        return answer;
    }

    private static ObjectNode usage(Generation generation) {
        return Json.object()
                .put("inputTokens", generation.inputTokens())
                .put("outputTokens", generation.outputTokens())
                .put("cacheReadInputTokenCount", 0)
                .put("cacheWriteInputTokenCount", 0);
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        ObjectNode start = Json.object();
        start.putObject("messageStart").put("role", "assistant");
        return List.of(start);
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode chunk = Json.object();
        ObjectNode delta = chunk.putObject("contentBlockDelta");
        delta.putObject("delta").put("text", text);
        delta.put("contentBlockIndex", 0);
        return chunk;
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        ObjectNode blockStop = Json.object();
        blockStop.putObject("contentBlockStop").put("contentBlockIndex", 0);
        ObjectNode stop = Json.object();
        stop.putObject("messageStop").put("stopReason", "end_turn");
        ObjectNode metadata = Json.object();
        ObjectNode content = metadata.putObject("metadata");
        content.set("usage", usage(generation));
        content.putObject("metrics");
        content.putObject("trace");
        return List.of(blockStop, stop, metadata);
    }
}
