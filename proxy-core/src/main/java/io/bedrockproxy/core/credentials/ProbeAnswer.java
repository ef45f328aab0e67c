package io.bedrockproxy.core.credentials;

import java.util.Objects;

/**
 * What a {@link CredentialsProbe} found out.
 *
 * @param <T> what was asked for
 */
public sealed interface ProbeAnswer<T> {
    /**
     * It.
     *
     * @param value what was asked for
     */
    record Found<T>(T value) implements ProbeAnswer<T> {
        /** Refuses null. */
        public Found {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * None.
     *
     * @param code STS's error code, or a word of ours in lower case for what STS did not say
     * @param message STS's own words, or what happened: one line, without secrets, for the operator
     */
    record Refused<T>(String code, String message) implements ProbeAnswer<T> {
        /** Refuses nulls. */
        public Refused {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }
}
