package io.bedrockproxy.core.sigv4;

import java.util.Objects;

/**
 * What stands for the body in a canonical request and in {@code x-amz-content-sha256}.
 *
 * @param hex the SHA-256 of the exact bytes sent, in lower-case hexadecimal, or one of SigV4's literals for bodies that
 *     are not hashed up front
 */
public record PayloadHash(String hex) {
    /** The hash of no bytes at all. */
    public static final PayloadHash EMPTY =
            new PayloadHash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String SIGNED_EVENTS = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

    /** Refuses anything but 64 lower-case hexadecimal digits and the literals. */
    public PayloadHash {
        Objects.requireNonNull(hex, "hex");
        if (!isDigest(hex) && !hex.equals(UNSIGNED) && !hex.equals(SIGNED_EVENTS)) {
            throw new IllegalArgumentException("payload hash: " + hex + " (expected: 64 lower-case hex digits)");
        }
    }

    private static boolean isDigest(String hex) {
        if (hex.length() != 64) {
            return false;
        }
        for (int i = 0; i < 64; i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
