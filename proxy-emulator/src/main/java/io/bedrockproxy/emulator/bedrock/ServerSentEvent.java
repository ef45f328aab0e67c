package io.bedrockproxy.emulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An event of {@code text/event-stream}.
 *
 * @param name the {@code event} field, or null for none
 * @param data the {@code data} field: one line
 */
record ServerSentEvent(@Nullable String name, String data) implements StreamEvent {
    /** What a stream of chat completions ends with. */
    static final ServerSentEvent DONE = new ServerSentEvent(null, "[DONE]");

    /** Without a name, as OpenAI's chat completions are. */
    static ServerSentEvent unnamed(JsonNode json) {
        return new ServerSentEvent(null, new String(Json.bytes(json), UTF_8));
    }

    /** Named as its {@code type}. */
    static ServerSentEvent typed(JsonNode json) {
        return new ServerSentEvent(json.path("type").asText(), new String(Json.bytes(json), UTF_8));
    }

    @Override
    public byte[] frame(RandomGenerator random) {
        return bytes();
    }

    byte[] bytes() {
        return ((name == null ? "" : "event: " + name + '\n') + "data: " + data + "\n\n").getBytes(UTF_8);
    }
}
