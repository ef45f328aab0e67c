package io.bedrockproxy.core.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding as SigV4 wants it: everything outside RFC 3986's unreserved set, in upper-case hexadecimal. */
public final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Whether a byte is in RFC 3986 section 2.3's unreserved set and so is never encoded. */
    public static boolean isUnreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    /** Encodes every UTF-8 byte that is not unreserved, {@code /} included. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** As {@link #encode(String)}, but leaves {@code /} alone: for a path that is encoded segment by segment. */
    public static String encodePath(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlash) {
        int first = 0;
        while (first < text.length() && isKept(text.charAt(first), keepSlash)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32).append(text, 0, first);
        for (byte octet : text.substring(first).getBytes(StandardCharsets.UTF_8)) {
            if (isKept(octet & 0xff, keepSlash)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX[(octet >> 4) & 0xf]).append(HEX[octet & 0xf]);
            }
        }
        return out.toString();
    }

    private static boolean isKept(int octet, boolean keepSlash) {
        return isUnreserved(octet) || (keepSlash && octet == '/');
    }

    /**
     * Decodes each {@code %XX} once.
     *
     * @return the decoded text, each octet as one ISO-8859-1 character, or null when a {@code %} is not followed by two
     *     hexadecimal digits
     */
    public static @Nullable String decode(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, percent);
        for (int i = percent; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (i + 2 >= text.length()) {
                return null;
            }
            int high = hexDigit(text.charAt(i + 1));
            int low = hexDigit(text.charAt(i + 2));
            if (high < 0 || low < 0) {
                return null;
            }
            out.append((char) (high << 4 | low));
            i += 2;
        }
        return out.toString();
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
