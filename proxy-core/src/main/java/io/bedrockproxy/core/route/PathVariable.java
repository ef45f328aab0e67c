package io.bedrockproxy.core.route;

import io.bedrockproxy.core.http.PercentEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for what may stand in a variable part of a path. No legal identifier holds a percent sign, so one that is
 * left after decoding means that the client encoded twice, as some do; one that is left after that is an attack.
 */
final class PathVariable {
    /** The longest model id that AWS accepts. */
    static final int MAX_LENGTH = 2048;

    private PathVariable() {}

    /**
     * Decodes and checks.
     *
     * @param raw what stood in the path, raw slashes included
     * @param decoded receives the value
     * @return what is wrong, or null when nothing is
     */
    static @Nullable String check(String raw, StringBuilder decoded) {
        String value = PercentEncoding.decode(raw);
        if (value != null && value.indexOf('%') >= 0) {
            value = PercentEncoding.decode(value);
        }
        if (value == null || value.indexOf('%') >= 0) {
            return "is not percent-encoded properly";
        }
        if (value.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';' || c == '?' || c == '#') {
                return "holds a character that no identifier has";
            }
        }
        if (value.indexOf('/') >= 0 && !value.startsWith("arn:")) {
            return "holds a slash, which only an ARN may";
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "has an empty or a dot segment";
            }
        }
        decoded.append(value);
        return null;
    }
}
