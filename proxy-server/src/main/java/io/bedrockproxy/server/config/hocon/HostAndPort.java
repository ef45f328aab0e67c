package io.bedrockproxy.server.config.hocon;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as operators write it: {@code 127.0.0.1:8080}, {@code localhost:8080} or {@code [::1]:8080}.
 *
 * @param host name or address, without brackets
 * @param port 0 to 65535
 */
public record HostAndPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");

    /** The address, or null when the text is none. */
    public static @Nullable HostAndPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            return null;
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new HostAndPort(host, Integer.parseInt(matcher.group(3)));
    }
}
