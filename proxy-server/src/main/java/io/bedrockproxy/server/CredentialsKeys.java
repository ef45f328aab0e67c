package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.AssumedRole;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSession;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SessionPolicies;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.SourceSettings;
import java.util.List;
import java.util.Objects;

/**
 * Tells which credentials a client's requests are signed with: its role with everything that AssumeRole is asked with, the
 * roles that this one is chained from, and the source in which the chain begins.
 */
final class CredentialsKeys {
    private final ProxyConfig config;
    private final SessionPolicies policies;

    CredentialsKeys(ProxyConfig config) {
        this.config = config;
        this.policies = SessionPolicies.of(config.roles(), config.clients());
    }

    /** @throws StartupException when STS would refuse what the configuration makes of this client */
    CredentialsKey of(String clientName, ClientSettings client) throws StartupException {
        String role = client.role();
        if (role == null) {
            return CredentialsKey.direct(source(client.source()));
        }
        List<RoleSession> chain = RoleSession.chain(config.roles(), role, clientName);
        return CredentialsKey.assume(assumed(chain), before(chain));
    }

    /** What the first session of a chain is assumed with. */
    private SourceConfig before(List<RoleSession> chain) throws StartupException {
        List<RoleSession> others = chain.subList(1, chain.size());
        return others.isEmpty()
                ? source(settings(chain.get(0)).source())
                : new SourceConfig.RoleSession(assumed(others), before(others));
    }

    private RoleSettings settings(RoleSession session) {
        return Objects.requireNonNull(config.roles().get(session.role()), "role");
    }

    private AssumedRole assumed(List<RoleSession> chain) throws StartupException {
        RoleSession session = chain.get(0);
        RoleSettings settings = settings(session);
        try {
            return new AssumedRole(
                    settings.roleArn(),
                    settings.externalId(),
                    session.name(),
                    session.tags(),
                    session.sourceIdentity(),
                    policies.json(chain),
                    settings.duration(),
                    settings.stsRegion(),
                    settings.stsEndpoint());
        } catch (IllegalArgumentException e) {
            throw new StartupException("bedrock-proxy.roles." + session.role() + ": " + e.getMessage(), e);
        }
    }

    /** A source that is no role. */
    SourceConfig source(SourceRef reference) {
        return reference instanceof SourceRef.Source named
                ? source(Objects.requireNonNull(config.sources().get(named.name()), "source"))
                : new SourceConfig.DefaultChain();
    }

    private static SourceConfig source(SourceSettings settings) {
        if (settings instanceof SourceSettings.Keys keys) {
            return new SourceConfig.Static(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
        }
        if (settings instanceof SourceSettings.KeysFile file) {
            return new SourceConfig.KeysFile(file.path());
        }
        return new SourceConfig.ProfileNamed(((SourceSettings.Profile) settings).name());
    }
}
