package io.bedrockproxy.server.reload;

import io.bedrockproxy.server.config.ProxyConfig;

/** What runs with a configuration and can take another one. Called by one thread at a time, which may block. */
public interface ReloadTarget {
    /**
     * Makes everything that follows from {@code config} and changes nothing of what runs.
     *
     * @param contents what the files that {@code config} names held just before they were read
     * @throws ReloadException when something cannot be used; then nothing is left over
     */
    Prepared prepare(ProxyConfig config, FileContents contents) throws ReloadException;

    /** Called at each look: for what is due some time after a change. */
    void tidy();

    /** A configuration in waiting; exactly one of the methods is called, once. */
    interface Prepared {
        /** Brings it in, in one step. Cannot fail. */
        void commit();

        /** Forgets it. */
        void discard();
    }
}
