package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.recording.StsParameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of both actions that assume a role, as AWS documents their limits. */
final class AssumeRoleRequest {
    private static final int MAX_TAGS = 50;
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern ANY = Pattern.compile("(?s).*");

    private AssumeRoleRequest() {}

    /** What is wrong with the parameters, or null. */
    static @Nullable StsFault check(StsParameters parameters) {
        StsFault fault = required(parameters, "RoleArn");
        fault = fault != null ? fault : text(parameters, "RoleArn", 20, 2048, ROLE_ARN);
        fault = fault != null ? fault : required(parameters, "RoleSessionName");
        fault = fault != null ? fault : text(parameters, "RoleSessionName", 2, 64, NAME);
        fault = fault != null ? fault : text(parameters, "ExternalId", 2, 1224, EXTERNAL_ID);
        fault = fault != null ? fault : text(parameters, "SourceIdentity", 2, 64, NAME);
        fault = fault != null ? fault : text(parameters, "WebIdentityToken", 4, 20_000, ANY);
        fault = fault != null ? fault : text(parameters, "Policy", 1, 2048, ANY);
        fault = fault != null ? fault : duration(parameters.durationSeconds());
        fault = fault != null ? fault : tags(parameters);
        return fault != null ? fault : packed(parameters);
    }

    static @Nullable StsFault required(StsParameters parameters, String name) {
        return parameters.get(name) == null ? invalid(null, name, "Member must not be null") : null;
    }

    private static @Nullable StsFault text(StsParameters parameters, String name, int min, int max, Pattern pattern) {
        String value = parameters.get(name);
        return value == null ? null : text(value, name, min, max, pattern);
    }

    private static @Nullable StsFault text(String value, String name, int min, int max, Pattern pattern) {
        if (value.length() < min) {
            return invalid(value, name, "Member must have length greater than or equal to " + min);
        }
        if (value.length() > max) {
            return invalid(value, name, "Member must have length less than or equal to " + max);
        }
        return pattern.matcher(value).matches()
                ? null
                : invalid(value, name, "Member must satisfy regular expression pattern: " + pattern);
    }

    private static StsFault invalid(@Nullable String value, String name, String constraint) {
        return StsFault.validation("1 validation error detected: Value " + (value == null ? "null" : "'" + value + "'")
                + " at '" + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                + "' failed to satisfy constraint: " + constraint);
    }

    private static @Nullable StsFault duration(@Nullable String seconds) {
        if (seconds == null) {
            return null;
        }
        if (!seconds.matches("[0-9]{1,9}")) {
            return new StsFault(400, "MalformedInput", "DurationSeconds is not a number");
        }
        int value = Integer.parseInt(seconds);
        if (value < 900) {
            return invalid(seconds, "DurationSeconds", "Member must have value greater than or equal to 900");
        }
        return value <= 43_200
                ? null
                : invalid(seconds, "DurationSeconds", "Member must have value less than or equal to 43200");
    }

    private static @Nullable StsFault tags(StsParameters parameters) {
        List<String> keys = parameters.tagKeys();
        if (keys.size() > MAX_TAGS) {
            return invalid(keys.toString(), "Tags", "Member must have length less than or equal to " + MAX_TAGS);
        }
        int member = 0;
        for (Map.Entry<String, String> tag : parameters.tags().entrySet()) {
            member++;
            StsFault fault = text(tag.getKey(), "tags." + member + ".member.key", 1, 128, TAG_KEY);
            fault = fault != null ? fault : text(tag.getValue(), "tags." + member + ".member.value", 0, 256, TAG_VALUE);
            if (fault != null) {
                return fault;
            }
        }
        long distinct = keys.stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (distinct < keys.size()) {
            return StsFault.validation("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        return keys.containsAll(parameters.transitiveTagKeys())
                ? null
                : StsFault.validation("The specified transitive tag key must be included in the requested tags.");
    }

    private static @Nullable StsFault packed(StsParameters parameters) {
        Integer percent = PackedPolicy.percent(parameters);
        return percent == null || percent <= 100
                ? null
                : new StsFault(
                        400,
                        "PackedPolicyTooLarge",
                        "Packed policy consumes " + percent + "% of allotted space, please use smaller policy.");
    }
}
