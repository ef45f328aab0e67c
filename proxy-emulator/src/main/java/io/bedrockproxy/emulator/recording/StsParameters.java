package io.bedrockproxy.emulator.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form parameters of a call to the STS side, decoded.
 *
 * @param all as they came, by name
 */
public record StsParameters(Map<String, String> all) {
    /** Copies. */
    public StsParameters {
        all = Map.copyOf(all);
    }

    /** A parameter; null when it did not come. */
    public @Nullable String get(String name) {
        return all.get(name);
    }

    /** The Action; empty when there was none. */
    public String action() {
        return all.getOrDefault("Action", "");
    }

    /** The role to assume. */
    public @Nullable String roleArn() {
        return get("RoleArn");
    }

    /** The session's name. */
    public @Nullable String sessionName() {
        return get("RoleSessionName");
    }

    /** The external ID. */
    public @Nullable String externalId() {
        return get("ExternalId");
    }

    /** The life that was asked for, in seconds as it was written. */
    public @Nullable String durationSeconds() {
        return get("DurationSeconds");
    }

    /** The session policy. */
    public @Nullable String policy() {
        return get("Policy");
    }

    /** The source identity. */
    public @Nullable String sourceIdentity() {
        return get("SourceIdentity");
    }

    /** The token of AssumeRoleWithWebIdentity. */
    public @Nullable String webIdentityToken() {
        return get("WebIdentityToken");
    }

    /** The session tags in their order; of keys that came twice the last. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        List<String> keys = tagKeys();
        for (int i = 0; i < keys.size(); i++) {
            tags.put(keys.get(i), all.getOrDefault("Tags.member." + (i + 1) + ".Value", ""));
        }
        return tags;
    }

    /** The keys of the session tags as they came, also those that came twice. */
    public List<String> tagKeys() {
        return members("Tags.member.", ".Key");
    }

    /** The keys of the tags that sessions further on are to inherit. */
    public List<String> transitiveTagKeys() {
        return members("TransitiveTagKeys.member.", "");
    }

    private List<String> members(String before, String after) {
        List<String> members = new ArrayList<>();
        String member = get(before + 1 + after);
        while (member != null) {
            members.add(member);
            member = get(before + (members.size() + 1) + after);
        }
        return members;
    }

    /** Only the names: values may be secret. */
    @Override
    public String toString() {
        return action() + all.keySet();
    }
}
