package io.bedrockproxy.server;

import io.bedrockproxy.core.auth.AuthConfig;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.auth.SecretDigest;
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
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The parts that follow from who the clients are: the half of {@link Assembly} without sockets.
 *
 * @param credentials every role and source that a client uses
 * @param admission judges heads
 */
record Wiring(CredentialsRegistry credentials, Admission admission) {
    /** @throws StartupException when a client's rules or role cannot be used; then nothing is left running */
    static Wiring of(ProxyConfig config, RunContext context) throws StartupException {
        try {
            return wire(config, context);
        } catch (IllegalArgumentException e) {
            // What only the core can judge: it says which field, what was there and what was expected.
            throw new StartupException("bedrock-proxy: " + e.getMessage(), e);
        }
    }

    private static Wiring wire(ProxyConfig config, RunContext context) throws StartupException {
        Clients clients = new Clients(config);
        CredentialsRegistry registry = CredentialsRegistry.create(
                clients.credentialsConfig(),
                context.clock(),
                context.nanos(),
                () -> ThreadLocalRandom.current().nextDouble());
        AuthConfig auth = new AuthConfig(config.listener().secretHeaders());
        Admission admission = new Admission(
                new Authenticator(
                        auth,
                        config.clients().entrySet().stream().map(Wiring::client).toList(),
                        new SecureRandom()),
                new Router(new RouteConfig(config.listener().pathPrefixes())),
                new RequestHeaderPolicy(new HeaderConfig(config.bedrock().forwardHeaders(), auth.headerNames())),
                clients.contexts(registry));
        return new Wiring(registry, admission);
    }

    private static Client client(Map.Entry<String, ClientSettings> entry) {
        ClientSettings settings = entry.getValue();
        List<SecretDigest> secrets = settings.secrets().stream()
                .map(hash -> SecretDigest.ofSha256(hash.sha256()))
                .toList();
        return new Client(
                entry.getKey(),
                secrets,
                settings.notAfter(),
                new ModelRules(settings.models()),
                new OperationRules(settings.operations()));
    }
}
