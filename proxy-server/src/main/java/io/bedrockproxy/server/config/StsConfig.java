package io.bedrockproxy.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code bedrock-proxy.sts}: where roles are assumed.
 *
 * @param region the region of the STS host; {@code bedrock.region} when the operator named none
 * @param endpoint scheme, host and port instead of the public host, or null
 * @param fallbackRegions tried in order when the region does not answer
 * @param trustedCertificates PEM file that replaces the JDK's roots, or null
 */
public record StsConfig(
        String region,
        @Nullable URI endpoint,
        List<String> fallbackRegions,
        @Nullable Path trustedCertificates) {
    /** Copies the list. */
    public StsConfig {
        Objects.requireNonNull(region, "region");
        fallbackRegions = List.copyOf(fallbackRegions);
    }
}
