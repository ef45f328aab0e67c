package io.bedrockproxy.core.auth;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a secret may stand.
 *
 * @param secretHeaders header names besides {@code Authorization}, in lower case
 */
public record AuthConfig(List<String> secretHeaders) {
    static final String AUTHORIZATION = "authorization";

    /** Copies the list. */
    public AuthConfig {
        secretHeaders = List.copyOf(secretHeaders);
    }

    /** Every header that may hold a secret; none of them ever travels upstream. */
    public List<String> headerNames() {
        return Stream.concat(Stream.of(AUTHORIZATION), secretHeaders.stream())
                .distinct()
                .toList();
    }
}
