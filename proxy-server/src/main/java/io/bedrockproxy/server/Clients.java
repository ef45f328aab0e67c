package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsConfig;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.ClientContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Gives each client of the configuration its credentials and its endpoints. */
public final class Clients {
    private final ProxyConfig config;
    private final Endpoints endpoints;
    private final CredentialsKeys keys;

    Clients(ProxyConfig config) {
        this.config = config;
        this.keys = new CredentialsKeys(config);
        BedrockConfig bedrock = config.bedrock();
        this.endpoints = new Endpoints(new EndpointConfig(
                bedrock.fips(),
                bedrock.dualStack(),
                bedrock.endpoint(),
                bedrock.controlPlaneEndpoint(),
                bedrock.mantleEndpoint()));
    }

    /** How STS is reached, for all roles of a configuration. */
    public static CredentialsConfig credentialsConfig(ProxyConfig config) {
        return new CredentialsConfig(
                config.sts().fallbackRegions(),
                config.sts().trustedCertificates(),
                config.bedrock().fips(),
                config.bedrock().dualStack());
    }

    /** By client name, in the order of the configuration. */
    Map<String, ClientContext> contexts(Function<CredentialsKey, RefreshingCredentials> registry)
            throws StartupException {
        Map<String, ClientContext> contexts = new LinkedHashMap<>();
        for (Map.Entry<String, ClientSettings> entry : config.clients().entrySet()) {
            ClientSettings client = entry.getValue();
            contexts.put(
                    entry.getKey(),
                    new ClientContext(
                            registry.apply(keys.of(entry.getKey(), client)),
                            Map.of(
                                    Upstream.RUNTIME, endpoints.runtime(client.region()),
                                    Upstream.CONTROL_PLANE, endpoints.controlPlane(client.region()),
                                    Upstream.MANTLE, endpoints.mantle(client.region()))));
        }
        return contexts;
    }
}
