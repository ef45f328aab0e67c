package io.bedrockproxy.core.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two hashes between a presented secret and the table of clients. Keeps both engines, because finding and keying
 * them costs half as much as all of an authentication (measured); so it belongs to one thread.
 */
final class SecretHasher {
    private static final String HMAC = "HmacSHA256";

    private final MessageDigest sha256;
    private final Mac mac;

    SecretHasher(byte[] lookupKey) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(lookupKey, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and HmacSHA256", e);
        }
    }

    /** What is kept of a secret. */
    byte[] digest(String secret) {
        return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a digest stands in the table. */
    ByteBuffer lookup(byte[] digest) {
        return ByteBuffer.wrap(mac.doFinal(digest));
    }
}
