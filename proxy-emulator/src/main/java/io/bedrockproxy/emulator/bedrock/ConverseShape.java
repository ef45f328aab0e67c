package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.List;

/** Converse and ConverseStream: one shape for all models. */
record ConverseShape() implements AnswerShape {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = Json.object();
        answer.putObject("metrics").put("latencyMs", generation.latencyMillis());
        ObjectNode message = answer.putObject("output").putObject("message");
        message.putArray("content").addObject().put("text", text);
        message.put("role", "assistant");
        answer.put("stopReason", "end_turn");
        answer.set("usage", usage(generation));
        return answer;
    }

    private static ObjectNode usage(Generation generation) {
        return Json.object()
                .put("inputTokens", generation.inputTokens())
                .put("outputTokens", generation.outputTokens())
                .put("totalTokens", generation.totalTokens());
    }

    @Override
    public List<HttpField> headers(Generation generation, boolean stream) {
        return List.of();
    }

    @Override
    public List<StreamEvent> opening(Generation generation) {
        return List.of(new FramedEvent("messageStart", Json.object().put("role", "assistant")));
    }

    @Override
    public StreamEvent delta(Generation generation, int index, String text) {
        ObjectNode payload = Json.object().put("contentBlockIndex", 0);
        payload.putObject("delta").put("text", text);
        return new FramedEvent("contentBlockDelta", payload);
    }

    @Override
    public List<StreamEvent> closing(Generation generation) {
        ObjectNode metadata = Json.object();
        metadata.set("usage", usage(generation));
        metadata.putObject("metrics").put("latencyMs", generation.latencyMillis());
        return List.of(
                new FramedEvent("contentBlockStop", Json.object().put("contentBlockIndex", 0)),
                new FramedEvent("messageStop", Json.object().put("stopReason", "end_turn")),
                new FramedEvent("metadata", metadata));
    }
}
