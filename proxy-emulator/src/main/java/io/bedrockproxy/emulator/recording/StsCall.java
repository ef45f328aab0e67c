package io.bedrockproxy.emulator.recording;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to the STS side.
 *
 * @param asked its parameters
 * @param accessKeyId the key it was signed with; null when it was not verified
 * @param callerArn whose key that is; null when it was not verified
 * @param region the region of the signature; null when it was not verified
 * @param errorCode the error it was answered with; null for a success
 * @param startNanos when it arrived
 */
public record StsCall(
        StsParameters asked,
        @Nullable String accessKeyId,
        @Nullable String callerArn,
        @Nullable String region,
        @Nullable String errorCode,
        long startNanos) {
    /** The Action parameter; empty when there was none. */
    public String action() {
        return asked.action();
    }

    /** All form parameters, decoded. */
    public Map<String, String> parameters() {
        return asked.all();
    }

    /** The role to assume; null when the action has none. */
    public @Nullable String roleArn() {
        return asked.roleArn();
    }

    /** The external ID; null when none came. */
    public @Nullable String externalId() {
        return asked.externalId();
    }

    /** The session's name; null when the action has none. */
    public @Nullable String sessionName() {
        return asked.sessionName();
    }

    /** The life that was asked for, in seconds as it was written; null when none came. */
    public @Nullable String durationSeconds() {
        return asked.durationSeconds();
    }

    /** The session tags. */
    public Map<String, String> tags() {
        return asked.tags();
    }

    /** The source identity; null when none came. */
    public @Nullable String sourceIdentity() {
        return asked.sourceIdentity();
    }

    /** The session policy; null when none came. */
    public @Nullable String policy() {
        return asked.policy();
    }

    /** The token of AssumeRoleWithWebIdentity; null for other actions. */
    public @Nullable String webIdentityToken() {
        return asked.webIdentityToken();
    }
}
