package io.bedrockproxy.core.eventstream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes of one frame, collected as they arrive. It grows with what has come, never with what a length field merely
 * claims, and lets go of a large array once the frame is done.
 */
final class GrowingBuffer {
    private static final int KEPT_BYTES = 65_536;

    private final int initialBytes;
    private byte[] bytes;
    private int size;

    GrowingBuffer(int initialBytes) {
        this.initialBytes = initialBytes;
        bytes = new byte[initialBytes];
    }

    /** Appends what remains in {@code part} and moves its position to its limit. */
    void append(ByteBuffer part) {
        int added = part.remaining();
        if (bytes.length - size < added) {
            bytes = Arrays.copyOf(bytes, Math.max(size + added, 2 * bytes.length));
        }
        part.get(bytes, size, added);
        size += added;
    }

    /** The array behind; only the first {@link #size()} bytes count. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[initialBytes];
        }
    }
}
