package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.iam.MalformedPolicyException;
import io.bedrockproxy.emulator.iam.PolicyDocument;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One role: who may assume it and what its sessions may do.
 *
 * @param roleArn the role
 * @param externalId the external ID that callers must give; null: any or none
 * @param maxDuration the role's MaxSessionDuration
 * @param denied whether nobody may assume it
 * @param trustPolicy who may assume it; null: everybody
 * @param permissionsPolicy what its sessions may do; null: everything
 */
public record RoleRule(
        String roleArn,
        @Nullable String externalId,
        Duration maxDuration,
        boolean denied,
        @Nullable PolicyDocument trustPolicy,
        @Nullable PolicyDocument permissionsPolicy) {
    private static final Duration TWELVE_HOURS = Duration.ofHours(12);

    /** A role without policy documents. */
    public RoleRule(String roleArn, @Nullable String externalId, Duration maxDuration, boolean denied) {
        this(roleArn, externalId, maxDuration, denied, null, null);
    }

    /** A role that may be assumed for up to twelve hours by whoever gives {@code externalId}. */
    public static RoleRule of(String roleArn, @Nullable String externalId) {
        return new RoleRule(roleArn, externalId, TWELVE_HOURS, false);
    }

    /** A role that nobody may assume. */
    public static RoleRule denied(String roleArn) {
        return new RoleRule(roleArn, null, TWELVE_HOURS, true);
    }

    /** With this trust policy; throws IllegalArgumentException when IAM would not take it. */
    public RoleRule withTrustPolicy(String json) {
        try {
            PolicyDocument trust = PolicyDocument.trust(json);
            return new RoleRule(roleArn, externalId, maxDuration, denied, trust, permissionsPolicy);
        } catch (MalformedPolicyException e) {
            throw new IllegalArgumentException("trustPolicy: " + e.getMessage(), e);
        }
    }

    /** With this permissions policy; throws IllegalArgumentException when IAM would not take it. */
    public RoleRule withPermissionsPolicy(String json) {
        try {
            PolicyDocument permissions = PolicyDocument.permissions(json);
            return new RoleRule(roleArn, externalId, maxDuration, denied, trustPolicy, permissions);
        } catch (MalformedPolicyException e) {
            throw new IllegalArgumentException("permissionsPolicy: " + e.getMessage(), e);
        }
    }

    /** With this MaxSessionDuration. */
    public RoleRule withMaxDuration(Duration longest) {
        return new RoleRule(roleArn, externalId, longest, denied, trustPolicy, permissionsPolicy);
    }
}
