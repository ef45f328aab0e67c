package io.bedrockproxy.emulator.iam;

import org.jspecify.annotations.Nullable;

/**
 * What a session may do: what its role's policy allows and its own policy too. Null: that side allows everything.
 *
 * @param identityBased the permissions policy of the role
 * @param session the session policy that AssumeRole was given
 */
public record EffectivePermissions(
        @Nullable PolicyDocument identityBased, @Nullable PolicyDocument session) {
    /** AWS's message about a request by {@code arn} that is not allowed; null when it is. */
    public @Nullable String denial(String arn, AccessRequest request) {
        String reason = explicit(identityBased, "an identity-based", request);
        reason = reason != null ? reason : explicit(session, "a session", request);
        reason = reason != null ? reason : implicit(identityBased, "identity-based", request);
        reason = reason != null ? reason : implicit(session, "session", request);
        return reason == null ? null : message(arn, request) + reason;
    }

    /** AWS's message without a reason, as it is about trust policies. */
    public static String message(String arn, AccessRequest request) {
        return "User: " + arn + " is not authorized to perform: " + request.action() + " on resource: "
                + request.resource();
    }

    private static @Nullable String explicit(@Nullable PolicyDocument policy, String kind, AccessRequest request) {
        return policy == null || policy.decide(request) != Decision.EXPLICITLY_DENIED
                ? null
                : " with an explicit deny in " + kind + " policy";
    }

    private static @Nullable String implicit(@Nullable PolicyDocument policy, String kind, AccessRequest request) {
        return policy == null || policy.allows(request)
                ? null
                : " because no " + kind + " policy allows the " + request.action() + " action";
    }
}
