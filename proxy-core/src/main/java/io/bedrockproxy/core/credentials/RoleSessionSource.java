package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;

/**
 * The session of the role before in a chain: whatever its own refresher holds, which all that chain from it share.
 */
final class RoleSessionSource implements CredentialsSource {
    private final RefreshingCredentials before;

    RoleSessionSource(RefreshingCredentials before) {
        this.before = before;
    }

    /** Waits for the role before, which takes 16 s at most. */
    @Override
    public SourceAnswer fetch(int alternative) {
        CredentialsResult result = before.next().toCompletableFuture().join();
        return result instanceof CredentialsResult.Ready ready
                ? new SourceAnswer.Fetched(ready.credentials())
                : new SourceAnswer.Refused(error(((CredentialsResult.Failed) result).failure()));
    }

    @Override
    public void refused(SessionCredentials credentials) {
        before.rejected(credentials);
    }

    private static SourceError error(Failure failure) {
        return new SourceError(
                failure.kind() == FailureKind.CREDENTIALS_DENIED,
                "role-before",
                "the role that it is chained from has no credentials: " + failure.message(),
                failure.detail());
    }
}
