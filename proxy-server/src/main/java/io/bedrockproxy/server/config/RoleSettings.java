package io.bedrockproxy.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code bedrock-proxy.roles}: the parameters of one AssumeRole call.
 *
 * @param roleArn which role
 * @param externalId what the role's trust policy asks for, or null
 * @param duration how long the session credentials shall live
 * @param sessionName null for the client's name, made legal
 * @param sessionTags tags of the session
 * @param sourceIdentity who acts, kept by AWS through role chains, or null
 * @param sessionPolicy how far the session is narrowed down
 * @param source what the call is signed with
 * @param stsRegion the region of the STS host; {@code sts.region} when the operator named none for this role
 * @param stsEndpoint scheme, host and port instead of the public host ({@code sts.endpoint} unless the role has one), or
 *     null
 */
public record RoleSettings(
        String roleArn,
        @Nullable String externalId,
        Duration duration,
        @Nullable String sessionName,
        Map<String, String> sessionTags,
        @Nullable String sourceIdentity,
        SessionPolicy sessionPolicy,
        SourceRef source,
        String stsRegion,
        @Nullable URI stsEndpoint) {
    /** Copies the tags. */
    public RoleSettings {
        Objects.requireNonNull(roleArn, "roleArn");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(sessionPolicy, "sessionPolicy");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(stsRegion, "stsRegion");
        sessionTags = Map.copyOf(sessionTags);
    }

    /** The word after {@code session-policy =}. */
    public sealed interface SessionPolicy {
        /** {@code generated}: made from the client's models and operations. */
        record Generated() implements SessionPolicy {}

        /** {@code none}: the session may do all that the role may. */
        record None() implements SessionPolicy {}

        /**
         * A file of the operator's.
         *
         * @param path where it was read from
         * @param json its text: a JSON object
         */
        record Custom(Path path, String json) implements SessionPolicy {
            /** Refuses nulls. */
            public Custom {
                Objects.requireNonNull(path, "path");
                Objects.requireNonNull(json, "json");
            }
        }
    }
}
