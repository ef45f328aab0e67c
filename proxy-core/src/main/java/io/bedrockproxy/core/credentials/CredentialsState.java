package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.failure.FailureKind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one refresher stands, for readiness and logs; holds nothing secret. */
public sealed interface CredentialsState {
    /** Nothing fetched yet, or dropped because nobody used them; the next use fetches. */
    record Pending() implements CredentialsState {}

    /**
     * Usable credentials are there.
     *
     * @param expiration when AWS stops accepting them; null for never
     * @param lastErrorCode why the latest refresh failed; null when it did not
     */
    record Ready(@Nullable Instant expiration, @Nullable String lastErrorCode) implements CredentialsState {}

    /**
     * No usable credentials, and the latest try failed.
     *
     * @param kind {@code credentials-unavailable} or {@code credentials-denied}
     * @param errorCode STS's error code, or a word of ours such as {@code timeout}
     * @param summary what is wrong, in words that may be shown to anybody
     */
    record Failed(FailureKind kind, String errorCode, String summary) implements CredentialsState {
        /** Refuses nulls. */
        public Failed {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(errorCode, "errorCode");
            Objects.requireNonNull(summary, "summary");
        }
    }
}
