package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.eventstream.FrameEncoder;
import java.util.random.RandomGenerator;

/**
 * An event of a native event stream, before its padding.
 *
 * @param type the {@code :event-type}
 * @param payload the JSON; it gets its padding when it is encoded
 */
record FramedEvent(String type, ObjectNode payload) implements StreamEvent {
    private static final String PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /** The frame; {@code p} has a random length, so that frame sizes do not tell the words. */
    @Override
    public byte[] frame(RandomGenerator random) {
        payload.put("p", PADDING.substring(0, 2 + random.nextInt(PADDING.length() - 1)));
        return FrameEncoder.event(type, Json.bytes(payload));
    }
}
