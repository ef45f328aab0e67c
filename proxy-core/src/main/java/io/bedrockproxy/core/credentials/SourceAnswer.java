package io.bedrockproxy.core.credentials;

/** What a {@link CredentialsSource} says. */
sealed interface SourceAnswer {
    /**
     * Credentials, not yet checked for how long they live.
     *
     * @param credentials the credentials
     */
    record Fetched(SessionCredentials credentials) implements SourceAnswer {}

    /**
     * None.
     *
     * @param error why
     */
    record Refused(SourceError error) implements SourceAnswer {}
}
