package io.bedrockproxy.server.check;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import io.bedrockproxy.core.route.SurfaceTable;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.core.rule.OperationRules;
import io.bedrockproxy.server.Clients;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the endpoints that a configuration makes the proxy talk to, each once. */
final class UsedEndpoints {
    private final ProxyConfig config;
    private final Clients clients;

    UsedEndpoints(ProxyConfig config, Clients clients) {
        this.config = config;
        this.clients = clients;
    }

    /** Bedrock's, as far as the clients' rules let requests through to them. */
    List<UsedEndpoint> bedrock() {
        Set<UsedEndpoint> used = new LinkedHashSet<>();
        for (Map.Entry<String, ClientSettings> client : config.clients().entrySet()) {
            OperationRules rules = new OperationRules(client.getValue().operations());
            for (Upstream upstream :
                    SurfaceTable.upstreams(operation -> rules.allows(operation.name(), operation.group()))) {
                used.add(new UsedEndpoint(
                        service(upstream) + ' ' + client.getValue().region(),
                        "bedrock",
                        overrideKey(upstream),
                        clients.endpoint(client.getKey(), upstream),
                        config.bedrock().trustedCertificates()));
            }
        }
        return List.copyOf(used);
    }

    /** STS's, of the roles and of the regions that stand in for theirs. */
    List<UsedEndpoint> sts(UsedCredentials credentials) {
        Endpoints endpoints = new Endpoints(
                new EndpointConfig(config.bedrock().fips(), config.bedrock().dualStack(), null, null, null));
        Map<Endpoint, UsedEndpoint> used = new LinkedHashMap<>();
        for (UsedRole role : credentials.roles()) {
            URI own = role.settings().stsEndpoint();
            boolean isGeneral = own != null && own.equals(config.sts().endpoint());
            String key = isGeneral ? "sts.endpoint" : "roles." + role.name() + ".sts-endpoint";
            add(used, sts(endpoints, role.settings().stsRegion(), own, key));
        }
        for (UsedSource source : credentials.sources()) {
            add(used, sts(endpoints, source.stsRegion(), source.stsEndpoint(), "sts.endpoint"));
        }
        if (!credentials.roles().isEmpty()) {
            config.sts().fallbackRegions().forEach(region -> add(used, sts(endpoints, region, null, "")));
        }
        return List.copyOf(used.values());
    }

    private static void add(Map<Endpoint, UsedEndpoint> used, UsedEndpoint one) {
        used.putIfAbsent(one.endpoint(), one);
    }

    private UsedEndpoint sts(Endpoints endpoints, String region, @Nullable URI override, String key) {
        return new UsedEndpoint(
                "sts " + region,
                "sts",
                override == null ? null : key,
                endpoints.sts(region, override),
                config.sts().trustedCertificates());
    }

    private @Nullable String overrideKey(Upstream upstream) {
        BedrockConfig bedrock = config.bedrock();
        return switch (upstream) {
            case RUNTIME -> bedrock.endpoint() == null ? null : "bedrock.endpoint";
            case CONTROL_PLANE -> bedrock.controlPlaneEndpoint() == null ? null : "bedrock.control-plane-endpoint";
            case MANTLE -> bedrock.mantleEndpoint() == null ? null : "bedrock.mantle-endpoint";
        };
    }

    private static String service(Upstream upstream) {
        return switch (upstream) {
            case RUNTIME -> "bedrock-runtime";
            case CONTROL_PLANE -> "bedrock";
            case MANTLE -> "bedrock-mantle";
        };
    }
}
