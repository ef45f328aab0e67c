package io.bedrockproxy.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code bedrock-proxy.listener}: where clients connect and how they show their secret.
 *
 * @param host name or address to bind; meaningless with a Unix socket
 * @param port 0 for any free one
 * @param unixSocket a socket file instead of host and port, or null
 * @param pathPrefixes stripped from a path that starts with one; without a trailing slash
 * @param secretHeaders header names besides Authorization, in lower case
 * @param allowRemotePlaintext whether a listener without TLS may be bound beyond loopback
 * @param tls null for cleartext
 */
public record ListenerConfig(
        String host,
        int port,
        @Nullable Path unixSocket,
        List<String> pathPrefixes,
        List<String> secretHeaders,
        boolean allowRemotePlaintext,
        @Nullable TlsFiles tls) {
    /** Copies the lists. */
    public ListenerConfig {
        Objects.requireNonNull(host, "host");
        pathPrefixes = List.copyOf(pathPrefixes);
        secretHeaders = List.copyOf(secretHeaders);
    }

    /**
     * {@code bedrock-proxy.listener.tls}: PEM files, read at start.
     *
     * @param certificate the chain, leaf first
     * @param privateKey the leaf's key in PKCS #8
     * @param clientCa the authorities whose client certificates are required, or null to ask for none
     */
    public record TlsFiles(
            Path certificate, Path privateKey, @Nullable Path clientCa) {
        /** Refuses nulls. */
        public TlsFiles {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }
}
