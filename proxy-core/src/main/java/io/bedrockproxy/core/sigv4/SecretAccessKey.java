package io.bedrockproxy.core.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The secret half of an access key that the proxy has issued. A signature can only be verified with the secret itself, so
 * that, unlike a bearer secret, it is kept: as bytes, which cannot print. Equal by content.
 */
public final class SecretAccessKey {
    private static final byte[] PREFIX = "AWS4".getBytes(StandardCharsets.US_ASCII);

    /** With SigV4's prefix, which is what the first of the four HMACs is keyed with. */
    private final byte[] prefixed;

    private SecretAccessKey(byte[] prefixed) {
        this.prefixed = prefixed;
    }

    /** Copies {@code secret}, which is the caller's to wipe. */
    public static SecretAccessKey of(byte[] secret) {
        byte[] prefixed = Arrays.copyOf(PREFIX, PREFIX.length + secret.length);
        System.arraycopy(secret, 0, prefixed, PREFIX.length, secret.length);
        return new SecretAccessKey(prefixed);
    }

    /**
     * Derives the signing key of a scope. Not remembered: the client chooses the scope, and the four HMACs take 2 us, in
     * which nobody can see whether a key was used before.
     */
    SigningKey signingKey(CredentialScope scope) {
        return SigningKey.derive(prefixed, scope);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretAccessKey that && MessageDigest.isEqual(prefixed, that.prefixed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefixed);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "SecretAccessKey[***]";
    }
}
