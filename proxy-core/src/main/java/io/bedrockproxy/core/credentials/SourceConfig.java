package io.bedrockproxy.core.credentials;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where source credentials come from: those that assume the role, or sign directly when there is none. */
public sealed interface SourceConfig {
    /** What to call the source in logs and reports; not secret. */
    String label();

    /** The AWS default chain: properties, environment, web identity, profile, container, instance metadata. */
    record DefaultChain() implements SourceConfig {
        @Override
        public String label() {
            return "default";
        }
    }

    /**
     * Keys that are written in the configuration.
     *
     * @param accessKeyId the public half
     * @param secretAccessKey the secret half
     * @param sessionToken for temporary keys; null or empty for long-lived ones
     */
    record Static(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken) implements SourceConfig {
        /** Refuses missing keys; an empty session token counts as none. */
        public Static {
            Objects.requireNonNull(accessKeyId, "accessKeyId");
            Objects.requireNonNull(secretAccessKey, "secretAccessKey");
            if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
                throw new IllegalArgumentException("access-key-id or secret-access-key is empty (expected: both)");
            }
            sessionToken = sessionToken == null || sessionToken.isEmpty() ? null : sessionToken;
        }

        @Override
        public String label() {
            return "static " + accessKeyId;
        }

        /** The access key id only. */
        @Override
        public String toString() {
            return "Static[" + accessKeyId + ']';
        }
    }

    /**
     * A file of keys, read again when it changes.
     *
     * @param path where it is: JSON as the {@code credential_process} of a profile prints it, or a section of an AWS
     *     credentials file
     */
    record KeysFile(Path path) implements SourceConfig {
        /** Refuses null. */
        public KeysFile {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String label() {
            return "file " + path;
        }
    }

    /**
     * The session of another role: role chaining. STS gives a role that is assumed with it an hour at most.
     *
     * @param role the role before
     * @param source who assumes that one
     */
    record RoleSession(AssumedRole role, SourceConfig source) implements SourceConfig {
        /** Refuses nulls. */
        public RoleSession {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public String label() {
            return "role " + role.roleArn() + " as " + role.sessionName();
        }
    }

    /**
     * A named profile of the AWS configuration and credentials files, re-read when they change.
     *
     * @param profile its name
     */
    record ProfileNamed(String profile) implements SourceConfig {
        /** Refuses an empty name. */
        public ProfileNamed {
            if (profile.isBlank()) {
                throw new IllegalArgumentException("profile: an empty name (expected: the name of a profile)");
            }
        }

        @Override
        public String label() {
            return "profile " + profile;
        }
    }
}
