package io.bedrockproxy.core.route;

import org.jspecify.annotations.Nullable;

/** The region that an identifier names, as ARNs do in their fourth field. */
public final class ArnRegion {
    private static final int FIELDS = 6;
    private static final int REGION = 3;

    private ArnRegion() {}

    /**
     * Reads it.
     *
     * @param identifier decoded
     * @return null for an id that is no ARN, and for an ARN without a region, which every region may use; what is
     *     returned is the client's text and need not be a region
     */
    public static @Nullable String of(String identifier) {
        if (!identifier.startsWith("arn:")) {
            return null;
        }
        String[] fields = identifier.split(":", FIELDS);
        return fields.length <= REGION || fields[REGION].isEmpty() ? null : fields[REGION];
    }
}
