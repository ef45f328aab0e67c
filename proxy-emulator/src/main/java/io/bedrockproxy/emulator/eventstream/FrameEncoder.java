package io.bedrockproxy.emulator.eventstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Encodes {@code application/vnd.amazon.eventstream} messages with string headers. */
public final class FrameEncoder {
    private static final int PRELUDE_BYTES = 12;
    private static final int CRC_BYTES = 4;
    private static final byte STRING = 7;

    private FrameEncoder() {}

    /** An event with a JSON payload. */
    public static byte[] event(String eventType, byte[] payload) {
        return encode(payload, ":event-type", eventType, ":content-type", "application/json", ":message-type", "event");
    }

    /** A modelled exception; {@code exceptionType} is the union member's name, as {@code throttlingException}. */
    public static byte[] exception(String exceptionType, byte[] payload) {
        return encode(
                payload,
                ":exception-type",
                exceptionType,
                ":content-type",
                "application/json",
                ":message-type",
                "exception");
    }

    private static byte[] encode(byte[] payload, String... namesAndValues) {
        int headerBytes = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headerBytes += 1 + namesAndValues[i].length() + 1 + 2 + namesAndValues[i + 1].length();
        }
        byte[] frame = new byte[PRELUDE_BYTES + headerBytes + payload.length + CRC_BYTES];
        ByteBuffer out = ByteBuffer.wrap(frame);
        out.putInt(frame.length).putInt(headerBytes).putInt(crc(frame, 8));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] name = namesAndValues[i].getBytes(StandardCharsets.US_ASCII);
            byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.US_ASCII);
            out.put((byte) name.length)
                    .put(name)
                    .put(STRING)
                    .putShort((short) value.length)
                    .put(value);
        }
        out.put(payload).putInt(crc(frame, frame.length - CRC_BYTES));
        return frame;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
