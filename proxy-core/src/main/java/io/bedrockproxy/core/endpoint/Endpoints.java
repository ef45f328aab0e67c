package io.bedrockproxy.core.endpoint;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Finds the endpoint of a service in a region. Hosts come from the SDK's partition data; the signing region is always
 * the region's own name. Every method refuses a region that cannot exist with an {@link IllegalArgumentException}, so
 * resolve at start, not per request.
 */
public final class Endpoints {
    private final EndpointConfig config;

    /** Resolves with the given choice of variants and overrides. */
    public Endpoints(EndpointConfig config) {
        this.config = config;
    }

    /** Where inference goes. */
    public Endpoint runtime(String region) {
        return resolve(AwsService.BEDROCK_RUNTIME, region, config.override(AwsService.BEDROCK_RUNTIME));
    }

    /** Where discovery goes. */
    public Endpoint controlPlane(String region) {
        return resolve(AwsService.BEDROCK, region, config.override(AwsService.BEDROCK));
    }

    /** Where {@code /mantle} goes. */
    public Endpoint mantle(String region) {
        return resolve(AwsService.BEDROCK_MANTLE, region, config.override(AwsService.BEDROCK_MANTLE));
    }

    /**
     * Where roles are assumed.
     *
     * @param override the operator's STS endpoint for this region, or null for AWS's regional one
     */
    public Endpoint sts(String region, @Nullable URI override) {
        return resolve(AwsService.STS, region, override == null ? null : EndpointOverride.parse(override.toString()));
    }

    private Endpoint resolve(AwsService service, String region, @Nullable URI override) {
        Regions.require(region);
        return override == null
                ? Endpoint.published(host(service, region), region, service)
                : Endpoint.overridden(override, region, service);
    }

    private String host(AwsService service, String region) {
        List<EndpointTag> tags = new ArrayList<>(2);
        if (config.fips()) {
            tags.add(EndpointTag.FIPS);
        }
        if (config.dualStack() || service == AwsService.BEDROCK_MANTLE) {
            // Mantle's only hosts are in the zone that is the dual-stack one of the other services.
            tags.add(EndpointTag.DUALSTACK);
        }
        ServiceEndpointKey key = ServiceEndpointKey.builder()
                .region(Region.of(region))
                .tags(tags)
                .build();
        return ServiceMetadata.of(service.endpointPrefix()).endpointFor(key).toString();
    }
}
