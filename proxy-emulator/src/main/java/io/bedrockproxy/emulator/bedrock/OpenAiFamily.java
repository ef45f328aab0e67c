package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Chat completions, the shape of OpenAI's open models and of most later providers. */
final class OpenAiFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode answer = completion(generation, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        answer.set("usage", usage(generation));
        return answer;
    }

    private static ObjectNode completion(Generation generation, String object) {
        return Json.object()
                .put("id", "chatcmpl-" + Integer.toHexString(generation.hashCode()))
                .put("object", object)
                .put("model", generation.model());
    }

    private static ObjectNode usage(Generation generation) {
        return Json.object()
                .put("prompt_tokens", generation.inputTokens())
                .put("completion_tokens", generation.outputTokens())
                .put("total_tokens", generation.totalTokens());
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant");
        choice.putNull("finish_reason");
        return List.of(chunk);
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", text);
        choice.putNull("finish_reason");
        return chunk;
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        ObjectNode chunk = completion(generation, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", "stop");
        chunk.set("usage", usage(generation));
        return List.of(chunk);
    }
}
