package io.bedrockproxy.core.credentials;

import java.util.Objects;

/**
 * One line of the readiness report.
 *
 * @param key whose credentials
 * @param state how they stand
 */
public record CredentialsStatus(CredentialsKey key, CredentialsState state) {
    /** Refuses nulls. */
    public CredentialsStatus {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(state, "state");
    }

    /** What to call these credentials in a report; not secret. */
    public String label() {
        return key.label();
    }

    /** Whether requests can be signed with them now. */
    public boolean isReady() {
        return state instanceof CredentialsState.Ready;
    }
}
