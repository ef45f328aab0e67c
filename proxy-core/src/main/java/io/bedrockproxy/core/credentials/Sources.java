package io.bedrockproxy.core.credentials;

import org.jspecify.annotations.Nullable;

/** Makes the source of a key. */
interface Sources extends AutoCloseable {
    /**
     * Makes a source without blocking: what is slow waits for the first fetch.
     *
     * @param before the credentials of {@link CredentialsKey#before}; null when there is none
     */
    CredentialsSource open(CredentialsKey key, @Nullable RefreshingCredentials before);

    @Override
    void close();
}
