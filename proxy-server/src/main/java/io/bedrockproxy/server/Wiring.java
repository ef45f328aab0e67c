package io.bedrockproxy.server;

import io.bedrockproxy.core.auth.AuthConfig;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.auth.SecretDigest;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.header.HeaderConfig;
import io.bedrockproxy.core.header.RequestHeaderPolicy;
import io.bedrockproxy.core.route.RouteConfig;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.Admission;
import io.bedrockproxy.server.exchange.ClientContext;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The parts that follow from who the clients are: the half of {@link Assembly} without sockets.
 *
 * @param credentials every role and source that a client uses
 * @param keys which of the credentials these are; others may be there that clients of another configuration use
 * @param admission judges heads
 */
record Wiring(CredentialsRegistry credentials, Set<CredentialsKey> keys, Admission admission) {
    /** Copies the set. */
    Wiring {
        keys = Set.copyOf(keys);
    }

    /**
     * Wires.
     *
     * @param before the wiring whose credentials are to be used on; null: none
     * @throws StartupException when a client's rules or role cannot be used; then nothing is left over
     */
    static Wiring of(ProxyConfig config, @Nullable Wiring before, RunContext context) throws StartupException {
        CredentialsRegistry registry = null;
        try {
            Clients clients = new Clients(config);
            registry = before == null ? registry(config, context) : before.credentials();
            return wire(config, clients, registry);
        } catch (StartupException e) {
            forget(registry, before);
            throw e;
        } catch (IllegalArgumentException e) {
            forget(registry, before);
            // What only the core can judge: it says which field, what was there and what was expected.
            throw new StartupException("bedrock-proxy: " + e.getMessage(), e);
        }
    }

    private static void forget(@Nullable CredentialsRegistry registry, @Nullable Wiring before) {
        if (before != null) {
            before.credentials().retain(before.keys());
        } else if (registry != null) {
            registry.close();
        }
    }

    private static CredentialsRegistry registry(ProxyConfig config, RunContext context) {
        return CredentialsRegistry.create(
                Clients.credentialsConfig(config),
                context.clock(),
                context.nanos(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static Wiring wire(ProxyConfig config, Clients clients, CredentialsRegistry registry)
            throws StartupException {
        AuthConfig auth = new AuthConfig(config.listener().secretHeaders());
        Set<CredentialsKey> keys = new HashSet<>();
        Map<String, ClientContext> contexts = clients.contexts(key -> {
            keys.add(key);
            return registry.of(key);
        });
        Admission admission = new Admission(
                new Authenticator(
                        auth,
                        config.clients().entrySet().stream().map(Wiring::client).toList(),
                        new SecureRandom()),
                new Router(new RouteConfig(config.listener().pathPrefixes())),
                new RequestHeaderPolicy(new HeaderConfig(config.bedrock().forwardHeaders(), auth.headerNames())),
                contexts);
        return new Wiring(registry, keys, admission);
    }

    private static Client client(Map.Entry<String, ClientSettings> entry) {
        ClientSettings settings = entry.getValue();
        List<SecretDigest> secrets = settings.secrets().stream()
                .map(hash -> SecretDigest.ofSha256(hash.sha256()))
                .toList();
        return new Client(
                entry.getKey(),
                secrets,
                settings.accessKeys(),
                settings.notAfter(),
                new ModelRules(settings.models()),
                new OperationRules(settings.operations()));
    }
}
