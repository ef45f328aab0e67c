package io.bedrockproxy.core.route;

import java.util.Comparator;
import java.util.List;

/**
 * How paths are read.
 *
 * @param pathPrefixes stripped when present; each starts with a slash and does not end with one
 */
public record RouteConfig(List<String> pathPrefixes) {
    /** Copies the list, longest first: of two prefixes that both fit, the longer one was meant. */
    public RouteConfig {
        pathPrefixes = pathPrefixes.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String prefix : pathPrefixes) {
            if (!prefix.startsWith("/") || prefix.endsWith("/")) {
                throw new IllegalArgumentException(
                        "path prefix: " + prefix + " (expected: starts with a slash and does not end with one)");
            }
        }
    }
}
