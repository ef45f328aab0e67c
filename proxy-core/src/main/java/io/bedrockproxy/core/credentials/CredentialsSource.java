package io.bedrockproxy.core.credentials;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Gets credentials from somewhere. A source may block, so only the credentials' own threads call it, one at a time for
 * each refresher except that a call which hangs may get a successor.
 */
interface CredentialsSource {
    /**
     * Gets credentials; never throws for what the outside world does.
     *
     * @param alternative which way to take, 0 to {@link #alternatives()} - 1
     */
    SourceAnswer fetch(int alternative);

    /** A file whose change means that asking again may give something else; null: none. */
    default @Nullable Path file() {
        return null;
    }

    /** Credentials of an earlier fetch that have not expired, for when a fetch gives none; null: none. Does not block. */
    default @Nullable SessionCredentials kept() {
        return null;
    }

    /** AWS called {@code credentials}, which came from here, expired or unknown. Does not block. */
    default void refused(SessionCredentials credentials) {}

    /** How many ways there are to get the credentials, e.g. STS regions; at least 1. */
    default int alternatives() {
        return 1;
    }
}
