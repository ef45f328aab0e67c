package io.bedrockproxy.emulator.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which regions an inference profile's requests are spread over, and whose ARNs they have. */
final class Regions {
    /** What AWS calls the region of a global profile's destinations. */
    static final String UNSPECIFIED = "unspecified";

    private static final Map<String, List<String>> DESTINATIONS = Map.of(
            "us", List.of("us-east-1", "us-east-2", "us-west-2"),
            "eu", List.of("eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"),
            "apac", List.of("ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
            "us-gov", List.of("us-gov-east-1", "us-gov-west-1"),
            "au", List.of("ap-southeast-2", "ap-southeast-4"),
            "jp", List.of("ap-northeast-1", "ap-northeast-3"),
            "ca", List.of("ca-central-1", "ca-west-1"),
            "global", List.of(UNSPECIFIED));

    private Regions() {}

    /** The region of the request, and the others of the geography. */
    static List<String> destinations(String geography, String source) {
        List<String> all = new ArrayList<>(List.of(source));
        DESTINATIONS.getOrDefault(geography, List.of()).stream()
                .filter(region -> !region.equals(source))
                .forEach(all::add);
        return all;
    }

    static String partition(String region) {
        return region.startsWith("us-gov-") ? "aws-us-gov" : region.startsWith("cn-") ? "aws-cn" : "aws";
    }

    /** The ARN of a foundation model in {@code region}; that of all regions when it is unspecified. */
    static String modelArn(String source, String region, String model) {
        String part = region.equals(UNSPECIFIED) ? "" : region;
        return "arn:" + partition(source) + ":bedrock:" + part + "::foundation-model/" + model;
    }
}
