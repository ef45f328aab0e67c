package io.bedrockproxy.core.eventstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes Server-Sent Events as the HTML standard has them. */
final class SseWriter {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    /**
     * Adds one event. Data of several lines becomes several {@code data:} lines, which a client joins again; a client
     * drops an event without data, so none counts as an empty object.
     */
    void event(String type, byte[] data, int length) {
        out.writeBytes(("event: " + oneLine(type) + '\n').getBytes(StandardCharsets.UTF_8));
        if (length == 0) {
            line(EMPTY_OBJECT, 0, EMPTY_OBJECT.length);
        } else {
            lines(data, length);
        }
        out.write('\n');
    }

    /** All that was written since the last call; empty when nothing was. */
    byte[] take() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    /** A line break in the type would let it forge the rest of the event. */
    private static String oneLine(String type) {
        return type.replace('\r', ' ').replace('\n', ' ');
    }

    private void lines(byte[] data, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (data[i] != '\n' && data[i] != '\r') {
                continue;
            }
            line(data, start, i);
            boolean isPair = data[i] == '\r' && i + 1 < length && data[i + 1] == '\n';
            i += isPair ? 1 : 0;
            start = i + 1;
        }
        line(data, start, length);
    }

    private void line(byte[] data, int from, int to) {
        out.writeBytes(DATA);
        out.write(data, from, to - from);
        out.write('\n');
    }
}
