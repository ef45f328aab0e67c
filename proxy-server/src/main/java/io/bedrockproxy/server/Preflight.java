package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;

/** Finds what would keep the proxy from starting, short of binding its ports: nothing is left running. */
public final class Preflight {
    private Preflight() {}

    /**
     * Reads certificates and opens no connection.
     *
     * @throws StartupException with the message that a start would give
     */
    public static void check(ProxyConfig config, RunContext context) throws StartupException {
        Wiring.of(config, null, context).credentials().close();
        Generations.accepting(config);
        Generations.upstreamTls(ConfigMapping.upstream(config));
    }
}
