package io.bedrockproxy.core.credentials;

/** Makes the source of a key. */
interface Sources extends AutoCloseable {
    /** Makes a source without blocking: what is slow waits for the first fetch. */
    CredentialsSource open(CredentialsKey key);

    @Override
    void close();
}
