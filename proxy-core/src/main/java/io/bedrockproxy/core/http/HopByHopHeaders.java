package io.bedrockproxy.core.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that belong to one connection and must not travel on (RFC 9110 section 7.6.1). */
public final class HopByHopHeaders {
    private static final Set<String> FIXED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private HopByHopHeaders() {}

    /**
     * The fixed ones, and those that the given values of {@code Connection} nominate; in lower case. Most connections
     * nominate nothing but {@code keep-alive} or {@code close}, and then this is a constant.
     */
    public static Set<String> with(List<String> connectionValues) {
        Set<String> names = FIXED;
        for (String value : connectionValues) {
            for (String nominated : value.split(",", -1)) {
                String name = nominated.strip().toLowerCase(Locale.ROOT);
                if (!names.contains(name) && !isOption(name)) {
                    names = names == FIXED ? new HashSet<>(FIXED) : names;
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isOption(String name) {
        return name.isEmpty() || name.equals("close");
    }
}
