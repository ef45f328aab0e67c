package io.bedrockproxy.server.listener;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and within what limits connections are accepted.
 *
 * @param address where to bind; port 0 for any
 * @param tls null for cleartext
 * @param maxConnections {@code limits.connections}
 * @param maxHeadBytes {@code limits.head}
 * @param maxHeaderCount {@code limits.header-count}
 * @param maxStreams {@code limits.streams-per-connection}
 * @param headTimeout {@code timeouts.head}
 * @param keepAlive {@code timeouts.keep-alive}
 * @param tlsTimeout {@code timeouts.tls}
 */
public record ListenerConfig(
        InetSocketAddress address,
        @Nullable TlsFiles tls,
        int maxConnections,
        int maxHeadBytes,
        int maxHeaderCount,
        int maxStreams,
        Duration headTimeout,
        Duration keepAlive,
        Duration tlsTimeout) {
    /**
     * PEM files.
     *
     * @param certificate the chain, leaf first
     * @param privateKey its PKCS#8 key, without password
     */
    public record TlsFiles(Path certificate, Path privateKey) {
        /** Refuses nulls. */
        public TlsFiles {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }

    /** Refuses nulls. */
    public ListenerConfig {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(headTimeout, "headTimeout");
        Objects.requireNonNull(keepAlive, "keepAlive");
        Objects.requireNonNull(tlsTimeout, "tlsTimeout");
    }
}
