package io.bedrockproxy.core.endpoint;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which of a region's endpoints to use.
 *
 * @param fips whether to use endpoints with FIPS 140 validated cryptography
 * @param dualStack whether to use endpoints with IPv4 and IPv6 addresses
 * @param runtime replaces bedrock-runtime's endpoint, e.g. a VPC endpoint; null: AWS's own
 * @param controlPlane replaces the control plane's endpoint; null: AWS's own
 * @param mantle replaces bedrock-mantle's endpoint; null: AWS's own
 */
public record EndpointConfig(
        boolean fips,
        boolean dualStack,
        @Nullable URI runtime,
        @Nullable URI controlPlane,
        @Nullable URI mantle) {
    /** Refuses overrides that {@link EndpointOverride} would refuse. */
    public EndpointConfig {
        runtime = checked(runtime);
        controlPlane = checked(controlPlane);
        mantle = checked(mantle);
    }

    /** AWS's own endpoints, neither FIPS nor dual-stack. */
    public static EndpointConfig defaults() {
        return new EndpointConfig(false, false, null, null, null);
    }

    @Nullable
    URI override(AwsService service) {
        return switch (service) {
            case BEDROCK_RUNTIME -> runtime;
            case BEDROCK -> controlPlane;
            case BEDROCK_MANTLE -> mantle;
            case STS -> null;
        };
    }

    private static @Nullable URI checked(@Nullable URI override) {
        return override == null ? null : EndpointOverride.parse(override.toString());
    }
}
