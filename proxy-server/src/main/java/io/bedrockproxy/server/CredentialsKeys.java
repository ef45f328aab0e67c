package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.AssumedRole;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.SourceSettings;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which credentials a client's requests are signed with: its role with everything that AssumeRole is asked with, the
 * roles that this one is chained from, and the source in which the chain begins.
 */
final class CredentialsKeys {
    /** What stands for the client's name in session names, tags and source identities. */
    private static final String CLIENT = "{client}";

    private final ProxyConfig config;

    CredentialsKeys(ProxyConfig config) {
        this.config = config;
    }

    /** @throws StartupException when STS would refuse what the configuration makes of this client */
    CredentialsKey of(String clientName, ClientSettings client) throws StartupException {
        String role = client.role();
        return role == null
                ? CredentialsKey.direct(source(client.source(), clientName))
                : CredentialsKey.assume(
                        assumed(role, clientName, policy(role)),
                        source(settings(role).source(), clientName));
    }

    private RoleSettings settings(String role) {
        return Objects.requireNonNull(config.roles().get(role), "role");
    }

    private AssumedRole assumed(String role, String clientName, @Nullable String policy) throws StartupException {
        RoleSettings settings = settings(role);
        try {
            return new AssumedRole(
                    settings.roleArn(),
                    settings.externalId(),
                    SessionNames.from(filled(Objects.requireNonNullElse(settings.sessionName(), CLIENT), clientName)),
                    filled(settings.sessionTags(), clientName),
                    settings.sourceIdentity() == null
                            ? null
                            : SessionNames.from(filled(settings.sourceIdentity(), clientName)),
                    policy,
                    settings.duration(),
                    settings.stsRegion(),
                    settings.stsEndpoint());
        } catch (IllegalArgumentException e) {
            throw new StartupException("bedrock-proxy.roles." + role + ": " + e.getMessage(), e);
        }
    }

    private static String filled(String template, String clientName) {
        return template.replace(CLIENT, clientName);
    }

    private static Map<String, String> filled(Map<String, String> templates, String clientName) {
        Map<String, String> tags = new TreeMap<>();
        templates.forEach((key, template) -> tags.put(key, filled(template, clientName)));
        return tags;
    }

    private @Nullable String policy(String role) throws StartupException {
        SessionPolicy policy = settings(role).sessionPolicy();
        if (policy instanceof SessionPolicy.Custom custom) {
            return custom.json();
        }
        if (policy instanceof SessionPolicy.None) {
            return null;
        }
        throw StartupException.at(
                "roles." + role + ".session-policy",
                "generated",
                "none or the path of a JSON file; this version cannot generate one yet",
                null);
    }

    /** Of a role that only leads to another one: what Bedrock allows says nothing about it. */
    private @Nullable String policyBefore(String role) {
        return settings(role).sessionPolicy() instanceof SessionPolicy.Custom custom ? custom.json() : null;
    }

    private SourceConfig source(SourceRef reference, String clientName) throws StartupException {
        if (reference instanceof SourceRef.Role chained) {
            String role = chained.name();
            // Ends, as the configuration has no loop.
            return new SourceConfig.RoleSession(
                    assumed(role, clientName, policyBefore(role)),
                    source(settings(role).source(), clientName));
        }
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
