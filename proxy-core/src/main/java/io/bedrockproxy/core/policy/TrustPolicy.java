package io.bedrockproxy.core.policy;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may assume a role, and how.
 *
 * @param principal the ARN of a user or a role
 * @param externalId what the caller has to know; null: nothing
 * @param tagsSessions whether the caller sets session tags
 * @param setsSourceIdentity whether the caller sets a source identity, or has one
 */
public record TrustPolicy(
        String principal, @Nullable String externalId, boolean tagsSessions, boolean setsSourceIdentity) {
    private static final Pattern SESSION = Pattern.compile("arn:([a-z-]+):sts::(\\d{12}):assumed-role/([^/]+)/.+");

    /** Whether GetCallerIdentity speaks of a role's session. */
    public static boolean isSession(String callerArn) {
        return SESSION.matcher(callerArn).matches();
    }

    /**
     * The principal behind what GetCallerIdentity says: of a role's session the role, because a session's name changes. A
     * path that the role may have is not in the session's ARN.
     */
    public static String principalOf(String callerArn) {
        Matcher session = SESSION.matcher(callerArn);
        return session.matches()
                ? "arn:" + session.group(1) + ":iam::" + session.group(2) + ":role/" + session.group(3)
                : callerArn;
    }

    /** For people to read and to paste. */
    public String pretty() {
        return PolicyJson.pretty(this::write);
    }

    private void write(PolicyJson json) {
        statement(
                json,
                "sts:AssumeRole",
                externalId == null ? Map.of() : Map.of("StringEquals", Map.of("sts:ExternalId", List.of(externalId))));
        // Apart: whoever may not assume the role cannot use these, and AWS does not say that an external ID comes with
        // them.
        if (tagsSessions) {
            statement(json, "sts:TagSession", Map.of());
        }
        if (setsSourceIdentity) {
            statement(json, "sts:SetSourceIdentity", Map.of());
        }
    }

    private void statement(PolicyJson json, String action, Map<String, Map<String, List<String>>> conditions) {
        json.statement("Allow", Map.of("AWS", principal), List.of(action), List.of(), conditions);
    }

    /** Not the external ID. */
    @Override
    public String toString() {
        return "TrustPolicy[" + principal + ']';
    }
}
