package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.endpoint.Regions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How STS is reached, for all roles.
 *
 * @param fallbackRegions regions whose STS is asked when a role's own one fails, in this order
 * @param trustedCertificates a PEM file that replaces the JDK's roots towards STS; null: the JDK's roots
 * @param fips whether to use STS endpoints with FIPS 140 validated cryptography
 * @param dualStack whether to use STS endpoints with IPv4 and IPv6 addresses
 */
public record CredentialsConfig(
        List<String> fallbackRegions, @Nullable Path trustedCertificates, boolean fips, boolean dualStack) {
    /** Refuses regions that cannot exist. */
    public CredentialsConfig {
        fallbackRegions = List.copyOf(fallbackRegions);
        fallbackRegions.forEach(Regions::require);
    }

    /** AWS's own regional endpoints, no fallback, the JDK's roots. */
    public static CredentialsConfig defaults() {
        return new CredentialsConfig(List.of(), null, false, false);
    }
}
