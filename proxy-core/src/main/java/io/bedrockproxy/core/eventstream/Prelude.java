package io.bedrockproxy.core.eventstream;

import org.jspecify.annotations.Nullable;

/** The first twelve bytes of a frame: two lengths and their checksum. */
final class Prelude {
    static final int LENGTH = 12;
    /** Prelude and message checksum: what a frame has besides headers and payload. */
    static final int OVERHEAD = LENGTH + 4;

    private static final int MAX_HEADERS_BYTES = 131_072;
    private static final int MAX_PAYLOAD_BYTES = 25_165_824;

    private Prelude() {}

    /**
     * Why these lengths cannot be a frame's; null when they can.
     *
     * @param totalBytes the first field, unsigned
     * @param headersBytes the second field, unsigned
     */
    static @Nullable String fault(long totalBytes, long headersBytes) {
        if (headersBytes > MAX_HEADERS_BYTES) {
            return "headers length: " + headersBytes + " (expected: <= " + MAX_HEADERS_BYTES + ")";
        }
        if (totalBytes < OVERHEAD + headersBytes) {
            return "total length: " + totalBytes + " (expected: >= " + (OVERHEAD + headersBytes) + ")";
        }
        long payloadBytes = totalBytes - OVERHEAD - headersBytes;
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            return "payload length: " + payloadBytes + " (expected: <= " + MAX_PAYLOAD_BYTES + ")";
        }
        return null;
    }
}
