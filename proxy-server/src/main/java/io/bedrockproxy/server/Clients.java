package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.AssumedRole;
import io.bedrockproxy.core.credentials.CredentialsConfig;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.SourceSettings;
import io.bedrockproxy.server.exchange.ClientContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Gives each client of the configuration its credentials and its endpoints. */
final class Clients {
    private final ProxyConfig config;
    private final Endpoints endpoints;

    Clients(ProxyConfig config) {
        this.config = config;
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
            contexts.put(
                    entry.getKey(),
                    new ClientContext(
                            registry.apply(credentials(entry.getKey(), client)),
                            Map.of(
                                    Upstream.RUNTIME, endpoints.runtime(client.region()),
                                    Upstream.CONTROL_PLANE, endpoints.controlPlane(client.region()),
                                    Upstream.MANTLE, endpoints.mantle(client.region()))));
        }
        return contexts;
    }

    private CredentialsKey credentials(String clientName, ClientSettings client) throws StartupException {
        String role = client.role();
        if (role == null) {
            return CredentialsKey.direct(source("clients." + clientName + ".source", client.source()));
        }
        RoleSettings settings = Objects.requireNonNull(config.roles().get(role), "role");
        return CredentialsKey.assume(
                assumed(role, settings, clientName), source("roles." + role + ".source", settings.source()));
    }

    private static AssumedRole assumed(String role, RoleSettings settings, String clientName) throws StartupException {
        try {
            return new AssumedRole(
                    settings.roleArn(),
                    settings.externalId(),
                    settings.sessionName() == null ? SessionNames.from(clientName) : settings.sessionName(),
                    settings.sessionTags(),
                    settings.sourceIdentity(),
                    policy(role, settings.sessionPolicy()),
                    settings.duration(),
                    settings.stsRegion(),
                    settings.stsEndpoint());
        } catch (IllegalArgumentException e) {
            throw new StartupException("bedrock-proxy.roles." + role + ": " + e.getMessage(), e);
        }
    }

    private static @org.jspecify.annotations.Nullable String policy(String role, RoleSettings.SessionPolicy policy)
            throws StartupException {
        if (policy instanceof RoleSettings.SessionPolicy.Custom custom) {
            return custom.json();
        }
        if (policy instanceof RoleSettings.SessionPolicy.None) {
            return null;
        }
        throw StartupException.at(
                "roles." + role + ".session-policy",
                "generated",
                "none or the path of a JSON file; this version cannot generate one yet",
                null);
    }

    private SourceConfig source(String key, SourceRef reference) throws StartupException {
        if (reference instanceof SourceRef.DefaultChain) {
            return new SourceConfig.DefaultChain();
        }
        if (reference instanceof SourceRef.Source named) {
            SourceSettings settings = Objects.requireNonNull(config.sources().get(named.name()), "source");
            if (settings instanceof SourceSettings.Keys keys) {
                return new SourceConfig.Static(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
            }
            if (settings instanceof SourceSettings.Profile profile) {
                return new SourceConfig.ProfileNamed(profile.name());
            }
            throw StartupException.at(
                    "sources." + named.name() + ".file",
                    "set",
                    "access-key-id and secret-access-key, or profile; this version cannot re-read a file of keys yet",
                    null);
        }
        throw StartupException.at(
                key,
                reference.toString(),
                "default or the name of a source; this version cannot chain roles yet",
                null);
    }
}
