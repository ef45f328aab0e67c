package io.bedrockproxy.emulator.sts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The trust policy of one role.
 *
 * @param roleArn the role
 * @param externalId the external ID that callers must give; null: any or none
 * @param maxDuration the role's MaxSessionDuration
 * @param denied whether nobody may assume it
 */
public record RoleRule(String roleArn, @Nullable String externalId, Duration maxDuration, boolean denied) {
    /** A role that may be assumed for up to twelve hours by whoever gives {@code externalId}. */
    public static RoleRule of(String roleArn, @Nullable String externalId) {
        return new RoleRule(roleArn, externalId, Duration.ofHours(12), false);
    }

    /** A role that nobody may assume. */
    public static RoleRule denied(String roleArn) {
        return new RoleRule(roleArn, null, Duration.ofHours(12), true);
    }
}
