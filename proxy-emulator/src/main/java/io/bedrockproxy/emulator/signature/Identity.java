package io.bedrockproxy.emulator.signature;

import io.bedrockproxy.emulator.iam.PolicyDocument;
import io.bedrockproxy.emulator.iam.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a key belongs to: a user, or a session of a role.
 *
 * @param arn the user's ARN, or the session's as CloudTrail would show it
 * @param session null for a user
 * @param tags the session's tags
 * @param sourceIdentity the session's source identity, which sessions that it assumes inherit
 * @param policy the session policy; null: none
 */
public record Identity(
        String arn,
        @Nullable RoleSession session,
        Map<String, String> tags,
        @Nullable String sourceIdentity,
        @Nullable PolicyDocument policy) {
    /** Copies the tags. */
    public Identity {
        tags = Map.copyOf(tags);
    }

    /** The user of this ARN, such as {@code arn:aws:iam::111122223333:user/name}. */
    public static Identity user(String arn) {
        return new Identity(arn, null, Map.of(), null, null);
    }

    /** A session without tags and policy. */
    public static Identity of(RoleSession session) {
        return new Identity(session.assumedRoleArn(), session, Map.of(), null, null);
    }

    /** What the condition key {@code aws:PrincipalArn} holds: of a session the role. */
    public String principalArn() {
        return session == null ? arn : session.roleArn();
    }

    /** The number of its account; empty for an ARN that is none. */
    public String account() {
        String[] parts = arn.split(":", 6);
        return parts.length < 6 ? "" : parts[4];
    }

    /** Who it is to a trust policy. */
    public Principal principal() {
        String[] parts = arn.split(":", 6);
        Set<String> names = session == null ? Set.of(arn) : Set.of(arn, session.roleArn());
        return Principal.aws(names, parts.length < 6 ? "aws" : parts[1], account());
    }
}
