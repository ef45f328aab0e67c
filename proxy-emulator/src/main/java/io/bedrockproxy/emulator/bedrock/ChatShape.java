package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's chat completions.
 *
 * @param created in seconds since 1970
 * @param withUsage whether a stream tells the usage before its end
 */
record ChatShape(long created, boolean withUsage) implements AnswerShape {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = completion(generation, "chat.completion");
        ObjectNode choice = choice(answer);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal")
                .putArray("annotations");
        choice.put("finish_reason", "stop");
        answer.set("usage", usage(generation));
        return answer;
    }

    private ObjectNode completion(Generation generation, String object) {
        return Json.object()
                .put("id", "chatcmpl-" + Integer.toHexString(generation.hashCode()))
                .put("object", object)
                .put("created", created)
                .put("model", generation.model())
                .put("service_tier", "default")
                .putNull("system_fingerprint");
    }

    private static ObjectNode choice(ObjectNode answer) {
        return answer.putArray("choices").addObject().put("index", 0).putNull("logprobs");
    }

    private static ObjectNode usage(Generation generation) {
        return Json.object()
                .put("prompt_tokens", generation.inputTokens())
                .put("completion_tokens", generation.outputTokens())
                .put("total_tokens", generation.totalTokens());
    }

    @Override
    public List<HttpField> headers(Generation generation, boolean stream) {
        return List.of();
    }

    @Override
    public String streamType() {
        return SERVER_SENT_EVENTS;
    }

    @Override
    public List<StreamEvent> opening(Generation generation) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = choice(chunk);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("finish_reason");
        return List.of(ServerSentEvent.unnamed(chunk));
    }

    @Override
    public StreamEvent delta(Generation generation, int index, String text) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = choice(chunk);
        choice.putObject("delta").put("content", text);
        choice.putNull("finish_reason");
        return ServerSentEvent.unnamed(chunk);
    }

    @Override
    public List<StreamEvent> closing(Generation generation) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = choice(chunk);
        choice.putObject("delta");
        choice.put("finish_reason", "stop");
        List<StreamEvent> closing = new ArrayList<>(List.of(ServerSentEvent.unnamed(chunk)));
        if (withUsage) {
            ObjectNode last = completion(generation, "chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(generation));
            closing.add(ServerSentEvent.unnamed(last));
        }
        closing.add(ServerSentEvent.DONE);
        return closing;
    }

    @Override
    public byte[] exception(ApiStyle.Fault fault) {
        return ServerSentEvent.unnamed(ApiStyle.OPENAI.body(fault)).bytes();
    }
}
