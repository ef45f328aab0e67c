package io.bedrockproxy.core.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Text in UTF-8, ready to be hashed; used again and again, which spares three copies of each canonical request. Not
 * thread-safe.
 */
final class Utf8Buffer {
    /** From here on the JDK's vectorised encoder beats a loop, though it makes a copy; measured with a security token. */
    private static final int LONG_TEXT = 64;

    /** A request of the AWS SDKs takes about 450 bytes, and up to 2,000 more for the security token. */
    private byte[] bytes = new byte[2048];

    private int size;

    Utf8Buffer append(String text) {
        int length = text.length();
        if (length >= LONG_TEXT) {
            return append(text.getBytes(StandardCharsets.UTF_8));
        }
        reserve(length);
        byte[] to = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return append(text.getBytes(StandardCharsets.UTF_8));
            }
            to[at++] = (byte) c;
        }
        size = at;
        return this;
    }

    /** Appends one ASCII character. */
    Utf8Buffer append(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** Takes back the last byte. */
    void chop() {
        size--;
    }

    void clear() {
        size = 0;
    }

    byte[] digest(MessageDigest algorithm) {
        algorithm.update(bytes, 0, size);
        return algorithm.digest();
    }

    /** The whole text. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private Utf8Buffer append(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
