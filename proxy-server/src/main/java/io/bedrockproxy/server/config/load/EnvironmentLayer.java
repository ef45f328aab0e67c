package io.bedrockproxy.server.config.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.bedrockproxy.server.config.hocon.HostAndPort;
import io.bedrockproxy.server.config.hocon.Problem;
import io.bedrockproxy.server.config.hocon.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that set keys, as a layer above the file: what a variable sets, the file cannot change. They describe
 * one client and one role, both named {@code env}; further clients and roles of a file stay as they are.
 */
final class EnvironmentLayer {
    /** What all variables but {@code AWS_REGION} begin with. */
    static final String PREFIX = "BEDROCK_PROXY_";

    static final List<String> SECRETS = List.of(PREFIX + "SECRET", PREFIX + "SECRET_FILE", PREFIX + "SECRET_SHA256");
    private static final String ROLE_ARN = PREFIX + "ROLE_ARN";
    private static final String EXTERNAL_ID = PREFIX + "EXTERNAL_ID";
    private static final String ROOT = "bedrock-proxy.";
    private static final String CLIENT = ROOT + "clients.env";
    private static final String ROLE = ROOT + "roles.env";

    /** One variable, one or more keys. */
    private static final Map<String, List<String>> PLAIN = Map.of(
            PREFIX + "ENDPOINT",
            List.of("bedrock.endpoint"),
            PREFIX + "STS_ENDPOINT",
            List.of("sts.endpoint"),
            PREFIX + "ALLOW_REMOTE_PLAINTEXT",
            List.of("listener.allow-remote-plaintext"),
            PREFIX + "TLS_CERTIFICATE",
            List.of("listener.tls.certificate"),
            PREFIX + "TLS_PRIVATE_KEY",
            List.of("listener.tls.private-key"),
            PREFIX + "TRUSTED_CERTIFICATES",
            List.of("bedrock.trusted-certificates", "sts.trusted-certificates"),
            ROLE_ARN,
            List.of("roles.env.role-arn"),
            EXTERNAL_ID,
            List.of("roles.env.external-id"));

    private final Map<String, String> environment;
    private final Problems problems;
    private Config layer = ConfigFactory.empty();

    private EnvironmentLayer(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * The keys that the variables set.
     *
     * @param file what the file sets, to tell whether a client or role {@code env} is there already
     */
    static Config of(Map<String, String> environment, Config file, Problems problems) {
        return new EnvironmentLayer(environment, problems).build(file);
    }

    private Config build(Config file) {
        PLAIN.forEach((variable, keys) -> keys.forEach(key -> set(key, variable, environment.get(variable))));
        address("listener", PREFIX + "LISTEN");
        address("admin", PREFIX + "ADMIN_LISTEN");
        secrets();
        if (environment.containsKey(ROLE_ARN)) {
            set("clients.env.role", ROLE_ARN, "env");
            if (!layer.hasPath(CLIENT + ".secrets") && !file.hasPath(CLIENT)) {
                problem(ROLE_ARN, "set, but no client uses the role", "one of " + String.join(", ", SECRETS) + " too");
            }
        } else if (environment.containsKey(EXTERNAL_ID) && !file.hasPath(ROLE)) {
            problem(EXTERNAL_ID, "set, but there is no role", ROLE_ARN + " too");
        }
        return layer;
    }

    private void secrets() {
        List<ConfigValue> secrets = new ArrayList<>();
        for (String variable : SECRETS) {
            String value = environment.get(variable);
            if (value != null) {
                String origin = Problems.originOfVariable(variable);
                Map<String, String> secret = variable.endsWith("_FILE")
                        ? Map.of("file", value)
                        : variable.endsWith("_SHA256") ? Map.of("sha256", value) : Map.of("env", variable);
                secrets.add(ConfigValueFactory.fromMap(secret, origin));
            }
        }
        if (!secrets.isEmpty()) {
            layer = layer.withValue(CLIENT + ".secrets", ConfigValueFactory.fromIterable(secrets));
        }
    }

    private void address(String section, String variable) {
        String value = environment.get(variable);
        if (value == null) {
            return;
        }
        HostAndPort address = HostAndPort.parse(value);
        if (address == null) {
            problem(variable, "\"" + value + "\"", "host:port, such as 127.0.0.1:8080 or [::1]:8080");
            return;
        }
        set(section + ".host", variable, address.host());
        set(section + ".port", variable, String.valueOf(address.port()));
        if (section.equals("listener")) {
            layer = layer.withValue(ROOT + "listener.unix-socket", ConfigValueFactory.fromAnyRef(null));
        }
    }

    private void set(String key, String variable, @Nullable String value) {
        if (value != null) {
            layer = layer.withValue(
                    ROOT + key, ConfigValueFactory.fromAnyRef(value, Problems.originOfVariable(variable)));
        }
    }

    private void problem(String variable, String wrong, String expected) {
        problems.add(new Problem("environment", variable, wrong, expected));
    }
}
