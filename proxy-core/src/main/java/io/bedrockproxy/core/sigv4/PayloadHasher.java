package io.bedrockproxy.core.sigv4;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Hashes a body as its chunks arrive: 25 MB at once would stall an event loop for 14 ms. Not thread-safe; may be used
 * again after {@link #finish()}.
 */
public final class PayloadHasher {
    private final MessageDigest sha256 = Algorithms.sha256();

    /** Makes a hasher that has seen no byte. */
    public PayloadHasher() {}

    /** Adds part of an array; borrows it. */
    public void update(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
    }

    /** Adds what remains in the buffer and moves its position to its limit; borrows it. */
    public void update(ByteBuffer bytes) {
        sha256.update(bytes);
    }

    /** The hash of everything added since the last call, and a fresh start. */
    public PayloadHash finish() {
        return new PayloadHash(HexFormat.of().formatHex(sha256.digest()));
    }

    /** Forgets what was added, for a body that was given up half-way. */
    public void reset() {
        sha256.reset();
    }
}
