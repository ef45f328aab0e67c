package io.bedrockproxy.core.endpoint;

import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * The regions that have Bedrock, as far as the SDK's partition data knows: those of the control plane, as the data lists
 * none for bedrock-runtime. AWS adds regions faster than anybody updates the SDK, so that a region which is not here is
 * worth a remark and no more.
 */
public final class BedrockRegions {
    private static final int MOST = 4;

    private BedrockRegions() {}

    /** Whether the SDK knows Bedrock in {@code region}. */
    public static boolean isListed(String region) {
        return all().contains(region);
    }

    /** A few regions with Bedrock in the same partition, those of the same geography first. */
    public static List<String> near(String region) {
        String partition = Regions.partition(region);
        return all().stream()
                .filter(other -> !other.equals(region))
                .filter(other -> Regions.partition(other).equals(partition))
                .sorted(Comparator.<String>comparingInt(other -> -sharedWords(region, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** {@code eu-west-1} and {@code eu-west-2} share two, {@code eu-west-1} and {@code eu-north-1} one. */
    private static int sharedWords(String one, String other) {
        String[] left = one.split("-", -1);
        String[] right = other.split("-", -1);
        int shared = 0;
        while (shared < Math.min(left.length, right.length) && left[shared].equals(right[shared])) {
            shared++;
        }
        return shared;
    }

    private static List<String> all() {
        return ServiceMetadata.of(AwsService.BEDROCK.endpointPrefix()).regions().stream()
                .map(Region::id)
                .filter(region -> Regions.standing(region) != Regions.Standing.IMPOSSIBLE)
                .toList();
    }
}
