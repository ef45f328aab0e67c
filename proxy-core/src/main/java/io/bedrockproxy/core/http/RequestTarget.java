package io.bedrockproxy.core.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Path and query exactly as received: never decoded, never normalised.
 *
 * @param path starts with a slash
 * @param query what follows the first question mark, or null when there is none
 */
public record RequestTarget(String path, @Nullable String query) {
    /** Refuses a path that is none. */
    public RequestTarget {
        Objects.requireNonNull(path, "path");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: starts with /)");
        }
    }

    /**
     * Understands the origin form only (RFC 9112 section 3.2.1): where a request goes is never the client's business, so
     * a target with an authority of its own means nothing good.
     *
     * @return null for every other form, and for anything but visible ASCII
     */
    public static @Nullable RequestTarget parse(String raw) {
        if (!raw.startsWith("/")) {
            return null;
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return null;
            }
        }
        int question = raw.indexOf('?');
        return question < 0
                ? new RequestTarget(raw, null)
                : new RequestTarget(raw.substring(0, question), raw.substring(question + 1));
    }
}
