package io.bedrockproxy.server.upstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections to the upstream are made and kept.
 *
 * @param connectTimeout for the TCP handshake
 * @param tlsTimeout for the TLS handshake
 * @param idleTimeout how long an unused connection stays in the pool; below the 350 s after which AWS's NAT gateways
 *     and network load balancers forget a connection without a word
 * @param maxIdlePerEndpoint idle connections kept for each endpoint and event loop
 * @param maxHeadBytes the longest response head that is accepted
 * @param trustedCertificates a PEM file that replaces the JDK's roots, or null
 */
public record UpstreamConfig(
        Duration connectTimeout,
        Duration tlsTimeout,
        Duration idleTimeout,
        int maxIdlePerEndpoint,
        int maxHeadBytes,
        @Nullable Path trustedCertificates) {
    /** 60 s: a sixth of what AWS's middle boxes allow. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** Enough for every stream of a burst to find its connection again; each idle one costs about 40 KiB of TLS state. */
    public static final int DEFAULT_MAX_IDLE = 256;

    /** Bedrock's answers have heads of about 1 KiB; 64 KiB is what its front ends could send at most. */
    public static final int DEFAULT_MAX_HEAD_BYTES = 64 * 1024;

    /** Refuses nulls. */
    public UpstreamConfig {
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(tlsTimeout, "tlsTimeout");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
    }
}
