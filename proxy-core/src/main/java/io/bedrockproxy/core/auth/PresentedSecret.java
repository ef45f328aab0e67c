package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A secret as a request presents it. Lives as long as its request and cannot print. */
public final class PresentedSecret {
    private static final String BEARER = "bearer";
    private static final String BASIC = "basic";

    private final String text;

    /** What stood in the header: the secret, or for {@code Basic} its base64 form. */
    private final String received;

    PresentedSecret(String text) {
        this(text, text);
    }

    private PresentedSecret(String text, String received) {
        this.text = text;
        this.received = received;
    }

    String text() {
        return text;
    }

    /** Whether {@code value} contains the secret, in plain or as it was received: then it must not travel. */
    public boolean isIn(String value) {
        return value.contains(text) || value.contains(received);
    }

    /** Whether a header's name, in lower case as it travels, contains the secret. */
    public boolean isInName(String lowerCaseName) {
        return lowerCaseName.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a path that goes upstream contains the secret, as it is or percent-encoded. */
    public boolean isInPath(String path) {
        String decoded = PercentEncoding.decode(path);
        return isIn(path) || (decoded != null && isIn(decoded));
    }

    /** Whether the query of a target contains the secret, as it is or percent-encoded. */
    public boolean isInQuery(String rawTarget) {
        int question = rawTarget.indexOf('?');
        return question >= 0 && isInPath(rawTarget.substring(question + 1));
    }

    /**
     * The secret in an {@code Authorization} header: {@code Bearer} and a token (RFC 6750 section 2.1), or {@code Basic}
     * and anything before the colon (RFC 7617). Schemes are compared without case, and one space or more follows them
     * (RFC 9110 section 11.4); a tab is no space.
     *
     * @return null when it is neither, or malformed
     */
    static @Nullable PresentedSecret fromAuthorization(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String scheme = value.substring(0, space);
        String rest = withoutSpaces(value, space);
        if (scheme.equalsIgnoreCase(BEARER)) {
            return plain(rest);
        }
        return scheme.equalsIgnoreCase(BASIC) ? basic(rest) : null;
    }

    private static String withoutSpaces(String value, int from) {
        int start = from;
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return value.substring(start);
    }

    /** The secret in a header of its own; null when it cannot be one. */
    static @Nullable PresentedSecret plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) >= 0x7f) {
                return null;
            }
        }
        return value.isEmpty() ? null : new PresentedSecret(value);
    }

    /** A signature, with which the same request can be sent again for minutes. */
    static PresentedSecret signature(String hex) {
        return new PresentedSecret(hex);
    }

    private static @Nullable PresentedSecret basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        int colon = pair.indexOf(':');
        PresentedSecret password = colon < 0 ? null : plain(pair.substring(colon + 1));
        return password == null ? null : new PresentedSecret(password.text, encoded);
    }

    @Override
    public String toString() {
        return "***";
    }
}
