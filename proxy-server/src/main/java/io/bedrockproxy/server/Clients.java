package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsConfig;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.ClientContext;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Gives each client of the configuration its credentials and its endpoints. */
final class Clients {
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

    CredentialsConfig credentialsConfig() {
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
            Map<String, Map<Upstream, Endpoint>> elsewhere = new HashMap<>();
            client.regions().forEach(region -> elsewhere.put(region, published(region)));
            contexts.put(
                    entry.getKey(),
                    new ClientContext(
                            registry.apply(keys.of(entry.getKey(), client)),
                            Map.of(
                                    Upstream.RUNTIME, endpoints.runtime(client.region()),
                                    Upstream.CONTROL_PLANE, endpoints.controlPlane(client.region()),
                                    Upstream.MANTLE, endpoints.mantle(client.region())),
                            elsewhere));
        }
        return contexts;
    }

    /** An endpoint of the operator's own is one host, of one region: it says nothing about where the others are. */
    private Map<Upstream, Endpoint> published(String region) {
        BedrockConfig bedrock = config.bedrock();
        Map<Upstream, Endpoint> published = new EnumMap<>(Upstream.class);
        if (bedrock.endpoint() == null) {
            published.put(Upstream.RUNTIME, endpoints.runtime(region));
        }
        if (bedrock.controlPlaneEndpoint() == null) {
            published.put(Upstream.CONTROL_PLANE, endpoints.controlPlane(region));
        }
        if (bedrock.mantleEndpoint() == null) {
            published.put(Upstream.MANTLE, endpoints.mantle(region));
        }
        return published;
    }
}
