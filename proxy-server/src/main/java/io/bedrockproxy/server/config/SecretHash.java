package io.bedrockproxy.server.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a bearer secret: all that is kept of it. Equal by content, so that the loader finds one secret given
 * to two clients; looking a caller up is the authenticator's work and happens in constant time there.
 */
public final class SecretHash {
    /** Bytes in a SHA-256 digest. */
    public static final int LENGTH = 32;

    private final byte[] sha256;

    private SecretHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** Digests a secret; the array is the caller's to wipe. */
    public static SecretHash ofSecret(byte[] secret) {
        try {
            return new SecretHash(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes a digest as it is. */
    public static SecretHash ofSha256(byte[] sha256) {
        if (sha256.length != LENGTH) {
            throw new IllegalArgumentException("length: " + sha256.length + " (expected: " + LENGTH + ")");
        }
        return new SecretHash(sha256.clone());
    }

    /** A copy of the digest. */
    public byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash that && MessageDigest.isEqual(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    /** Nothing of the digest: a short secret could be guessed from it. */
    @Override
    public String toString() {
        return "sha256:***";
    }
}
