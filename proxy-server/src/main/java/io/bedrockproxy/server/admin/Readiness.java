package io.bedrockproxy.server.admin;

import java.util.List;
import java.util.Objects;

/**
 * Whether new work should be sent here, and why not.
 *
 * @param isReady listeners bound, not draining, and credentials there for at least one role or source
 * @param isDraining about to stop
 * @param credentials every role or source and its state
 */
public record Readiness(boolean isReady, boolean isDraining, List<CredentialsLine> credentials) {
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

    /** Copies the list. */
    public Readiness {
        credentials = List.copyOf(credentials);
    }
}
