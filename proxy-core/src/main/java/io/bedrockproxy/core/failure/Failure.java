package io.bedrockproxy.core.failure;

import java.util.Objects;

/**
 * Why one exchange did not end well.
 *
 * @param kind which row of the failure table
 * @param message what the client is told: a fact it can act on, never a secret, a credential or a class name
 * @param detail what the log says besides; never a secret either
 */
public record Failure(FailureKind kind, String message, String detail) {
    /** Refuses nulls. */
    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(detail, "detail");
    }

    /** A failure of which the client and the log are told the same. */
    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, message, "");
    }
}
