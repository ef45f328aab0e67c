package io.bedrockproxy.core.sigv4;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;

/** The two algorithms of Signature Version 4, which every Java platform must have. */
final class Algorithms {
    static final String HMAC_SHA256 = "HmacSHA256";

    private Algorithms() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform lacks SHA-256", e);
        }
    }

    static Mac hmacSha256() {
        try {
            return Mac.getInstance(HMAC_SHA256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform lacks HmacSHA256", e);
        }
    }
}
