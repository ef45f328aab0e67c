package io.bedrockproxy.server.listener;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and within what limits connections are accepted.
 *
 * @param address where to bind: an {@link java.net.InetSocketAddress} with port 0 for any, or a {@link
 *     java.net.UnixDomainSocketAddress}
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
        SocketAddress address,
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
     * @param clientCa the authorities whose client certificates are required; null to ask for none
     */
    public record TlsFiles(
            Path certificate, Path privateKey, @Nullable Path clientCa) {
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
