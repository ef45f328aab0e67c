package io.bedrockproxy.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Whether new work should be sent here, and why not.
 *
 * @param isReady listeners bound, not draining, and credentials there for at least one role or source
 * @param isDraining about to stop
 * @param credentials every role or source and its state
 * @param configuration how the configuration stands to its files
 */
public record Readiness(
        boolean isReady, boolean isDraining, List<CredentialsLine> credentials, ConfigurationLine configuration) {
    /**
     * One role or source.
     *
     * @param name its name in the configuration
     * @param state {@code ready}, {@code pending} or {@code failed}
     * @param detail what helps an operator: expiration or STS's error code; never a secret
     */
    public record CredentialsLine(String name, String state, String detail) {
        /** Refuses nulls. */
        public CredentialsLine {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The configuration.
     *
     * @param state {@code current}, or {@code reload-failed} while the files hold one that cannot be used
     * @param since when it came into use, or when the failure was first seen
     * @param message which file and key, and what was expected; empty when all is well, never a secret
     */
    public record ConfigurationLine(String state, Instant since, String message) {
        /** Refuses nulls. */
        public ConfigurationLine {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Copies the list. */
    public Readiness {
        Objects.requireNonNull(configuration, "configuration");
        credentials = List.copyOf(credentials);
    }
}
