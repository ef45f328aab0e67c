package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.failure.Failure;
import java.util.Objects;

/** What an exchange gets that waited for credentials. */
public sealed interface CredentialsResult {
    /**
     * Credentials that AWS accepts now.
     *
     * @param credentials what to sign with
     */
    record Ready(SessionCredentials credentials) implements CredentialsResult {
        /** Refuses null. */
        public Ready {
            Objects.requireNonNull(credentials, "credentials");
        }
    }

    /**
     * No credentials; nothing may be sent upstream.
     *
     * @param failure {@code credentials-unavailable} or {@code credentials-denied}
     */
    record Failed(Failure failure) implements CredentialsResult {
        /** Refuses null. */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
