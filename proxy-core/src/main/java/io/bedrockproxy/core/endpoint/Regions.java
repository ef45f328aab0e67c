package io.bedrockproxy.core.endpoint;

import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * What is known about a region name. The patterns are checked here because the SDK takes every name that matches none
 * for a region of partition {@code aws}, and then makes a host from it that does not exist.
 */
public final class Regions {
    /** How far a region name can be trusted. */
    public enum Standing {
        /** A region of the SDK's list. */
        KNOWN,
        /** Formed like a region of a partition, but newer than the SDK's list, or mistyped: worth a warning. */
        UNKNOWN,
        /** Formed like no region: an error. {@code aws-global} and other pseudo regions are among these. */
        IMPOSSIBLE
    }

    private Regions() {}

    /** How far {@code region} can be trusted. */
    public static Standing standing(String region) {
        if (region.isBlank() || !region.matches(partitionOf(region).regionRegex())) {
            return Standing.IMPOSSIBLE;
        }
        return Region.regions().contains(Region.of(region)) ? Standing.KNOWN : Standing.UNKNOWN;
    }

    /**
     * Returns {@code region} if it can exist.
     *
     * @throws IllegalArgumentException with the value and what was expected, for the operator
     */
    public static String require(String region) {
        if (standing(region) == Standing.IMPOSSIBLE) {
            throw new IllegalArgumentException(
                    "region: " + region + " (expected: a region name such as us-east-1, us-gov-west-1 or cn-north-1)");
        }
        return region;
    }

    /** The partition of a region that can exist, as ARNs spell it: {@code aws}, {@code aws-us-gov}, {@code aws-cn}... */
    public static String partition(String region) {
        return partitionOf(require(region)).id();
    }

    private static PartitionMetadata partitionOf(String region) {
        return PartitionMetadata.of(Region.of(region));
    }
}
