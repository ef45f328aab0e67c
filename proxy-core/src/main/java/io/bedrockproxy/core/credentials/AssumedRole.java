package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.endpoint.EndpointOverride;
import io.bedrockproxy.core.endpoint.Regions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that AssumeRole is asked with. Checks STS's own limits, so that a mistake is found at start and not by a
 * request.
 *
 * @param roleArn the role
 * @param externalId what the role's trust policy demands; null for none
 * @param sessionName what CloudTrail shows
 * @param sessionTags keys and values for attribute-based access; empty for none
 * @param sourceIdentity who is behind the session; null for none
 * @param sessionPolicy a policy document that narrows the role's own; null for none
 * @param duration how long the credentials live
 * @param stsRegion the region of the STS endpoint
 * @param stsEndpoint replaces that region's endpoint; null: AWS's own
 */
public record AssumedRole(
        String roleArn,
        @Nullable String externalId,
        String sessionName,
        Map<String, String> sessionTags,
        @Nullable String sourceIdentity,
        @Nullable String sessionPolicy,
        Duration duration,
        String stsRegion,
        @Nullable URI stsEndpoint) {
    /** What STS gives when it is not asked for another duration. */
    public static final Duration DEFAULT_DURATION = Duration.ofHours(1);

    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\x21-\\x7e]{1,1990}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
    private static final int MAX_TAGS = 50;
    private static final int MAX_POLICY_CHARS = 2048;

    /** Refuses what STS would refuse. */
    public AssumedRole {
        Objects.requireNonNull(duration, "duration");
        require(ROLE_ARN, "role-arn", roleArn, "arn:aws:iam::<12 digits>:role/<name>");
        if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
            // Not repeated: some treat it as a secret.
            throw new IllegalArgumentException("external-id (expected: 2 to 1224 of letters, digits and _+=,.@:/-)");
        }
        require(NAME, "session-name", sessionName, "2 to 64 of letters, digits and _+=,.@-");
        if (sourceIdentity != null) {
            require(NAME, "source-identity", sourceIdentity, "2 to 64 of letters, digits and _+=,.@-");
        }
        requireTags(sessionTags);
        if (sessionPolicy != null && (sessionPolicy.isBlank() || sessionPolicy.length() > MAX_POLICY_CHARS)) {
            throw new IllegalArgumentException("session-policy: " + sessionPolicy.length()
                    + " characters (expected: 1 to " + MAX_POLICY_CHARS + ")");
        }
        if (duration.compareTo(Duration.ofMinutes(15)) < 0 || duration.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("duration: " + duration + " (expected: 15 minutes to 12 hours)");
        }
        Regions.require(stsRegion);
        stsEndpoint = stsEndpoint == null ? null : EndpointOverride.parse(stsEndpoint.toString());
        sessionTags = Map.copyOf(sessionTags);
    }

    /** A role that is assumed with nothing but a session name, for one hour. */
    public static AssumedRole of(String roleArn, String sessionName, String stsRegion) {
        return new AssumedRole(roleArn, null, sessionName, Map.of(), null, null, DEFAULT_DURATION, stsRegion, null);
    }

    /** The name and the session; neither the external ID nor the policy. */
    @Override
    public String toString() {
        return "AssumedRole[" + roleArn + ", session=" + sessionName + ']';
    }

    private static void require(Pattern pattern, String field, String value, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
        }
    }

    private static void requireTags(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "session-tags: " + tags.size() + " (expected: at most " + MAX_TAGS + ")");
        }
        tags.forEach((key, value) -> {
            require(TAG_KEY, "session-tags", key, "a key of 1 to 128 letters, digits, spaces and _.:/=+-@");
            require(TAG_VALUE, "session-tags." + key, value, "0 to 256 letters, digits, spaces and _.:/=+-@");
        });
    }
}
