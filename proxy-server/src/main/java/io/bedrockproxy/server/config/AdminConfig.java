package io.bedrockproxy.server.config;

import java.util.Objects;

/**
 * {@code bedrock-proxy.admin}: health, readiness and metrics; never proxies.
 *
 * @param host name or address to bind
 * @param port 0 for any free one
 * @param quit whether a peer on loopback may end the process
 */
public record AdminConfig(String host, int port, boolean quit) {
    /** Refuses nulls. */
    public AdminConfig {
        Objects.requireNonNull(host, "host");
    }
}
