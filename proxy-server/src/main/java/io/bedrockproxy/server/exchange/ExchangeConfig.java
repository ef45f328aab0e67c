package io.bedrockproxy.server.exchange;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits of one exchange before its response.
 *
 * @param maxBodyBytes {@code limits.request-body}
 * @param bodyIdle {@code timeouts.body-idle}: between two pieces of the body
 * @param bodyTotal {@code timeouts.body}: from the head to the end of the body
 * @param responseHead {@code timeouts.response-head}: from the request's last byte to the response's head
 */
public record ExchangeConfig(int maxBodyBytes, Duration bodyIdle, Duration bodyTotal, Duration responseHead) {
    /** Refuses nulls and sizes that cannot be. */
    public ExchangeConfig {
        Objects.requireNonNull(bodyIdle, "bodyIdle");
        Objects.requireNonNull(bodyTotal, "bodyTotal");
        Objects.requireNonNull(responseHead, "responseHead");
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("maxBodyBytes: " + maxBodyBytes + " (expected: >= 1)");
        }
    }
}
