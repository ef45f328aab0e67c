package io.bedrockproxy.server.command;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's configuration, as an operator would write it: one client, one role with an external ID.
 *
 * @param emulator stands for AWS
 * @param secret the client's bearer secret
 * @param externalId what the role's trust policy asks for
 * @param certificates what the listener shows, or null for cleartext
 * @param port the listener's
 * @param adminPort the admin listener's
 */
record SandboxConfig(
        Emulator emulator,
        String secret,
        String externalId,
        @Nullable LocalCertificates certificates,
        int port,
        int adminPort) {
    static final String ROLE_ARN = "arn:aws:iam::000000000000:role/sandbox";

    ProxyConfig load(ConfigLoader loader) throws ConfigException {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("listener.port", port);
        keys.put("admin.port", adminPort);
        if (certificates != null) {
            keys.put("listener.tls.certificate", certificates.certificateFile().toString());
            keys.put("listener.tls.private-key", certificates.privateKeyFile().toString());
        }
        keys.put("bedrock.region", "us-east-1");
        keys.put("bedrock.endpoint", emulator.bedrockEndpoint().toString());
        keys.put("bedrock.control-plane-endpoint", emulator.bedrockEndpoint().toString());
        keys.put("bedrock.mantle-endpoint", emulator.mantleEndpoint().toString());
        keys.put("sts.endpoint", emulator.stsEndpoint().toString());
        keys.put("sources.emulator.access-key-id", emulator.accessKeyId());
        keys.put("sources.emulator.secret-access-key", emulator.secretAccessKey());
        keys.put("roles.sandbox.role-arn", ROLE_ARN);
        keys.put("roles.sandbox.external-id", externalId);
        keys.put("roles.sandbox.session-policy", "none");
        keys.put("roles.sandbox.source", "emulator");
        keys.put("clients.sandbox.role", "sandbox");
        keys.put("clients.sandbox.operations", List.of("*"));
        keys.put("clients.sandbox.secrets", List.of(Map.of("sha256", SecretCommand.sha256(secret))));
        keys.put("timeouts.drain-grace", "0s");
        keys.put("timeouts.drain", "5s");
        return loader.load("sandbox", keys).config();
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "SandboxConfig[port=" + port + ", adminPort=" + adminPort + ']';
    }
}
