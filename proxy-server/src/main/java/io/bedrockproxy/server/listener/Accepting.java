package io.bedrockproxy.server.listener;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made with when it is accepted, and keeps for its life.
 *
 * @param config its limits and timeouts
 * @param tls its certificate; null for cleartext
 */
public record Accepting(ListenerConfig config, @Nullable DownstreamTls tls) {
    /** Refuses a missing configuration. */
    public Accepting {
        Objects.requireNonNull(config, "config");
    }

    /**
     * Reads the certificate and its key, if there are to be such: not on an event loop.
     *
     * @throws IOException when one cannot be read, or the two do not belong together
     */
    public static Accepting of(ListenerConfig config) throws IOException {
        ListenerConfig.TlsFiles files = config.tls();
        return new Accepting(config, files == null ? null : DownstreamTls.create(files, config.tlsTimeout()));
    }
}
