package io.bedrockproxy.server.config.load;

import io.bedrockproxy.core.header.HeaderConfig;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.StsConfig;
import io.bedrockproxy.server.config.hocon.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads {@code bedrock} and {@code sts}. */
final class UpstreamReader {
    private UpstreamReader() {}

    static BedrockConfig bedrock(Section section, List<String> secretHeaders) {
        if (!section.isSet("region")) {
            section.problem("region", "not set", "a region such as us-east-1, here or in AWS_REGION");
        }
        String region = Readers.region(section, "region");
        URI endpoint = Readers.endpoint(section, "endpoint");
        boolean fips = section.flag("fips");
        boolean dualStack = section.flag("dual-stack");
        if (endpoint != null && (fips || dualStack)) {
            section.warn("endpoint", "replaces the host that fips and dual-stack would have chosen");
        }
        return new BedrockConfig(
                Objects.requireNonNullElse(region, ""),
                endpoint,
                Readers.endpoint(section, "control-plane-endpoint"),
                Readers.endpoint(section, "mantle-endpoint"),
                fips,
                dualStack,
                Readers.certificates(section, "trusted-certificates"),
                forwardHeaders(section, secretHeaders));
    }

    static StsConfig sts(Section section, BedrockConfig bedrock) {
        String region = Readers.region(section, "region");
        return new StsConfig(
                region == null ? bedrock.region() : region,
                Readers.endpoint(section, "endpoint"),
                Readers.regions(section, "fallback-regions"),
                Readers.certificates(section, "trusted-certificates"));
    }

    private static List<String> forwardHeaders(Section section, List<String> secretHeaders) {
        List<String> forwarded = new ArrayList<>();
        for (String name : Readers.headerNames(section, "forward-headers")) {
            String why = secretHeaders.contains(name) ? "it may hold a secret" : HeaderConfig.whyNever(name);
            if (why != null) {
                section.problem("forward-headers", "\"" + name + "\" never goes upstream: " + why, "other headers");
            } else {
                forwarded.add(name);
            }
        }
        return forwarded;
    }
}
