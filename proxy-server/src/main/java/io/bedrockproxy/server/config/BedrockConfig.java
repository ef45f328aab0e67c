package io.bedrockproxy.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code bedrock-proxy.bedrock}: where requests go.
 *
 * @param region the region that is signed for and whose public host is used without an endpoint
 * @param endpoint scheme, host and port instead of the public bedrock-runtime host, or null
 * @param controlPlaneEndpoint the same for the bedrock control plane, or null
 * @param mantleEndpoint the same for bedrock-mantle, or null
 * @param fips whether the public hosts are the FIPS ones
 * @param dualStack whether the public hosts are the dual-stack ones
 * @param trustedCertificates PEM file that replaces the JDK's roots, or null
 * @param forwardHeaders further client headers to pass on, in lower case
 */
public record BedrockConfig(
        String region,
        @Nullable URI endpoint,
        @Nullable URI controlPlaneEndpoint,
        @Nullable URI mantleEndpoint,
        boolean fips,
        boolean dualStack,
        @Nullable Path trustedCertificates,
        List<String> forwardHeaders) {
    /** Copies the list. */
    public BedrockConfig {
        Objects.requireNonNull(region, "region");
        forwardHeaders = List.copyOf(forwardHeaders);
    }
}
