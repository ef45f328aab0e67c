package io.bedrockproxy.core.auth;

/** The SHA-256 of a bearer secret: all that the proxy keeps of it. Cannot print. */
public final class SecretDigest {
    private static final int LENGTH = 32;

    private final byte[] sha256;

    private SecretDigest(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** Takes a digest as it is; copies it. */
    public static SecretDigest ofSha256(byte[] sha256) {
        if (sha256.length != LENGTH) {
            throw new IllegalArgumentException("length: " + sha256.length + " (expected: " + LENGTH + ")");
        }
        return new SecretDigest(sha256.clone());
    }

    byte[] bytes() {
        return sha256;
    }

    @Override
    public String toString() {
        return "sha256:***";
    }
}
