package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.ArrayList;
import java.util.List;

/** InvokeModel: the family's own JSON; in a stream as base64 in {@code chunk} events, the last one with the metrics. */
record InvokeShape(ModelFamily family) implements AnswerShape {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        return family.whole(generation, text);
    }

    @Override
    public List<HttpField> headers(Generation generation, boolean stream) {
        if (stream) {
            return List.of(new HttpField("X-Amzn-Bedrock-Content-Type", "application/json"));
        }
        return List.of(
                new HttpField("X-Amzn-Bedrock-Input-Token-Count", String.valueOf(generation.inputTokens())),
                new HttpField("X-Amzn-Bedrock-Output-Token-Count", String.valueOf(generation.outputTokens())),
                new HttpField("X-Amzn-Bedrock-Invocation-Latency", String.valueOf(generation.latencyMillis())));
    }

    @Override
    public List<StreamEvent> opening(Generation generation) {
        return family.opening(generation).stream().map(InvokeShape::chunk).toList();
    }

    @Override
    public StreamEvent delta(Generation generation, int index, String text) {
        return chunk(family.delta(generation, index, text));
    }

    @Override
    public List<StreamEvent> closing(Generation generation) {
        List<ObjectNode> chunks = new ArrayList<>(family.closing(generation));
        chunks.get(chunks.size() - 1)
                .putObject("amazon-bedrock-invocationMetrics")
                .put("inputTokenCount", generation.inputTokens())
                .put("outputTokenCount", generation.outputTokens())
                .put("invocationLatency", generation.latencyMillis())
                .put("firstByteLatency", Math.min(generation.latencyMillis(), 10));
        return chunks.stream().map(InvokeShape::chunk).toList();
    }

    private static StreamEvent chunk(ObjectNode content) {
        return new FramedEvent("chunk", Json.object().put("bytes", Json.bytes(content)));
    }
}
