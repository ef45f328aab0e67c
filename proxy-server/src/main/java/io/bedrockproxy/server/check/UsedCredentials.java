package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.server.Clients;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sources and roles that the clients use, each once and in the order of the clients, a chain from its beginning.
 *
 * @param sources where chains begin
 * @param roles all that are assumed
 * @param ofClients what each client's requests are signed with
 */
record UsedCredentials(List<UsedSource> sources, List<UsedRole> roles, Map<String, CredentialsKey> ofClients) {
    /** @throws StartupException when STS would refuse what the configuration makes of a client */
    static UsedCredentials of(ProxyConfig config, Clients clients) throws StartupException {
        Collector collector = new Collector(config);
        Map<String, CredentialsKey> ofClients = new LinkedHashMap<>();
        for (Map.Entry<String, ClientSettings> client : config.clients().entrySet()) {
            CredentialsKey key = clients.key(client.getKey());
            ofClients.put(client.getKey(), key);
            collector.add(client.getValue(), key);
        }
        return new UsedCredentials(
                List.copyOf(collector.sources.values()), List.copyOf(collector.roles.values()), ofClients);
    }

    /** Walks the chains. */
    private static final class Collector {
        private final ProxyConfig config;
        private final Map<SourceConfig, UsedSource> sources = new LinkedHashMap<>();
        private final Map<CredentialsKey, UsedRole> roles = new LinkedHashMap<>();

        Collector(ProxyConfig config) {
            this.config = config;
        }

        void add(ClientSettings client, CredentialsKey key) {
            String role = client.role();
            if (role == null) {
                source(
                        client.source(),
                        key.source(),
                        config.sts().region(),
                        config.sts().endpoint());
            } else {
                role(role, key);
            }
        }

        private UsedRole role(String name, CredentialsKey key) {
            UsedRole known = roles.get(key);
            if (known != null) {
                return known;
            }
            RoleSettings settings = Objects.requireNonNull(config.roles().get(name), "role");
            UsedRole before = null;
            CredentialsKey keyBefore = key.before();
            if (settings.source() instanceof SourceRef.Role chained && keyBefore != null) {
                before = role(chained.name(), keyBefore);
            } else {
                source(settings.source(), key.source(), settings.stsRegion(), settings.stsEndpoint());
            }
            UsedRole added = new UsedRole(name, settings, key, before);
            roles.put(key, added);
            return added;
        }

        private void source(SourceRef reference, SourceConfig source, String stsRegion, @Nullable URI stsEndpoint) {
            sources.putIfAbsent(source, new UsedSource(reference.toString(), source, stsRegion, stsEndpoint));
        }
    }

    /** The roles that need {@code depth} others before. */
    List<UsedRole> rolesAt(int depth) {
        List<UsedRole> found = new ArrayList<>(roles);
        found.removeIf(role -> role.depth() != depth);
        return found;
    }
}
