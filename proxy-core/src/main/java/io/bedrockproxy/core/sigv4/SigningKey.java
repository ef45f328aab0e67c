package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.credentials.SessionCredentials;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key derived from a secret access key for one credential scope. It signs for that scope alone, and cannot print. */
final class SigningKey {
    private final SecretKeySpec key;

    private SigningKey(SecretKeySpec key) {
        this.key = key;
    }

    /** Derives the key: four HMACs, about 2 us. */
    static SigningKey derive(SessionCredentials credentials, CredentialScope scope) {
        return derive(("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8), scope);
    }

    /** The same from {@code AWS4} and the secret, which is only borrowed. */
    static SigningKey derive(byte[] prefixedSecret, CredentialScope scope) {
        Mac mac = Algorithms.hmacSha256();
        SecretKeySpec key = keyOf(prefixedSecret);
        key = step(mac, key, scope.date());
        key = step(mac, key, scope.region());
        key = step(mac, key, scope.service());
        key = step(mac, key, CredentialScope.TERMINATOR);
        return new SigningKey(key);
    }

    /** Makes {@code mac} sign with this key until it is told otherwise. */
    void initialize(Mac mac) {
        initialize(mac, key);
    }

    private static SecretKeySpec step(Mac mac, SecretKeySpec key, String text) {
        initialize(mac, key);
        return keyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SecretKeySpec keyOf(byte[] bytes) {
        return new SecretKeySpec(bytes, Algorithms.HMAC_SHA256);
    }

    private static void initialize(Mac mac, SecretKeySpec key) {
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 takes keys of any length", e);
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
