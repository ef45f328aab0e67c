package io.bedrockproxy.emulator.sts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks AssumeRole's parameters as AWS documents their limits. */
final class AssumeRoleRequest {
    private static final int MAX_POLICY_CHARS = 2048;
    private static final int MAX_TAGS = 50;
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final JsonFactory JSON = new JsonFactory();

    private AssumeRoleRequest() {}

    /** What is wrong with the parameters, or null. */
    static @Nullable StsFault check(Map<String, String> parameters) {
        StsFault fault = matches(parameters, "RoleArn", ROLE_ARN, true);
        fault = fault != null ? fault : matches(parameters, "RoleSessionName", NAME, true);
        fault = fault != null ? fault : matches(parameters, "ExternalId", EXTERNAL_ID, false);
        fault = fault != null ? fault : matches(parameters, "SourceIdentity", NAME, false);
        fault = fault != null ? fault : duration(parameters.get("DurationSeconds"));
        fault = fault != null ? fault : policy(parameters.get("Policy"));
        return fault != null ? fault : tags(parameters);
    }

    private static @Nullable StsFault matches(
            Map<String, String> parameters, String name, Pattern pattern, boolean required) {
        String value = parameters.get(name);
        if (value == null ? !required : pattern.matcher(value).matches()) {
            return null;
        }
        return invalid(value, name, "Member must satisfy regular expression pattern: " + pattern);
    }

    private static StsFault invalid(@Nullable String value, String name, String constraint) {
        return StsFault.validation("1 validation error detected: Value " + (value == null ? "null" : "'" + value + "'")
                + " at '" + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                + "' failed to satisfy constraint: " + (value == null ? "Member must not be null" : constraint));
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

    private static @Nullable StsFault policy(@Nullable String policy) {
        if (policy == null) {
            return null;
        }
        if (policy.length() > MAX_POLICY_CHARS) {
            return invalid(policy, "Policy", "Member must have length less than or equal to " + MAX_POLICY_CHARS);
        }
        try (JsonParser parser = JSON.createParser(policy)) {
            while (parser.nextToken() != null) {
                // reading to the end is the check
            }
            return null;
        } catch (IOException e) {
            return new StsFault(400, "MalformedPolicyDocument", "Syntax errors in policy.");
        }
    }

    private static @Nullable StsFault tags(Map<String, String> parameters) {
        for (int i = 1; parameters.containsKey("Tags.member." + i + ".Key"); i++) {
            String key = parameters.getOrDefault("Tags.member." + i + ".Key", "");
            String value = parameters.getOrDefault("Tags.member." + i + ".Value", "");
            boolean length = !key.isEmpty() && key.length() <= 128 && value.length() <= 256;
            if (i > MAX_TAGS || !length || !TAG.matcher(key + value).matches()) {
                return invalid(key + '=' + value, "Tags", "Member must satisfy the limits of session tags");
            }
        }
        return null;
    }
}
