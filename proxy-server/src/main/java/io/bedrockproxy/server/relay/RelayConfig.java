package io.bedrockproxy.server.relay;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits of a response in progress.
 *
 * @param streamIdle the longest silence of either side in the middle of a response; models think for minutes
 * @param pingInterval the silence after which a Server-Sent Events stream gets a comment, so that browsers and
 *     balancers keep it
 */
public record RelayConfig(Duration streamIdle, Duration pingInterval) {
    /** 15 s: well under the 60 s of an application load balancer. */
    public static final Duration DEFAULT_PING_INTERVAL = Duration.ofSeconds(15);

    /** Refuses nulls. */
    public RelayConfig {
        Objects.requireNonNull(streamIdle, "streamIdle");
        Objects.requireNonNull(pingInterval, "pingInterval");
    }
}
