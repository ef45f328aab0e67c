package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The Messages API of Anthropic, as Bedrock serves it. */
final class AnthropicFamily implements ModelFamily {
    @Override
    public ObjectNode whole(Generation generation, String text) {
        ObjectNode message = message(generation);
        message.putArray("content").addObject().put("type", "text").put("text", text);
        message.put("stop_reason", "end_turn").putNull("stop_sequence");
        message.set("usage", usage(generation).put("output_tokens", generation.outputTokens()));
        return message;
    }

    private static ObjectNode message(Generation generation) {
        String model = generation.model().replaceFirst("^anthropic\\.", "").replaceFirst("-v\\d+(:\\d+)?$", "");
        return Json.object()
                .put("id", "msg_bdrk_01" + Integer.toHexString(generation.hashCode()))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
    }

    private static ObjectNode usage(Generation generation) {
        return Json.object()
                .put("input_tokens", generation.inputTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0);
    }

    @Override
    public List<ObjectNode> opening(Generation generation) {
        ObjectNode message = message(generation);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage(generation).put("output_tokens", 1));
        ObjectNode start = Json.object().put("type", "message_start");
        start.set("message", message);
        ObjectNode block = Json.object().put("type", "content_block_start").put("index", 0);
        block.putObject("content_block").put("type", "text").put("text", "");
        return List.of(start, block);
    }

    @Override
    public ObjectNode delta(Generation generation, int index, String text) {
        ObjectNode delta = Json.object().put("type", "content_block_delta").put("index", 0);
        delta.putObject("delta").put("type", "text_delta").put("text", text);
        return delta;
    }

    @Override
    public List<ObjectNode> closing(Generation generation) {
        ObjectNode stop = Json.object().put("type", "message_delta");
        stop.putObject("delta").put("stop_reason", "end_turn").putNull("stop_sequence");
        stop.putObject("usage").put("output_tokens", generation.outputTokens());
        return List.of(
                Json.object().put("type", "content_block_stop").put("index", 0),
                stop,
                Json.object().put("type", "message_stop"));
    }
}
