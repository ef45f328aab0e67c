package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.hocon.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes files and loads them as {@code serve} does, with a fixed machine and a fixed time. */
final class Configurations {
    static final MachineLimits MACHINE = new MachineLimits(128 << 20, 128 << 20, 20_000);
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String SHA256 = "ab".repeat(32);

    /** The least that works. */
    static final String MINIMAL = """
            bedrock-proxy.bedrock.region = us-east-1
            bedrock-proxy.clients.app.secrets = [ { sha256 = "%s" } ]
            """.formatted(SHA256);

    private Configurations() {}

    static ConfigLoader loader() {
        return new ConfigLoader(MACHINE, InstantSource.fixed(NOW));
    }

    static Path write(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve("proxy.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LoadedConfig loaded(Path folder, String text, Map<String, String> environment) throws ConfigException {
        return loader().load(write(folder, text), environment);
    }

    static ProxyConfig config(Path folder, String text) throws ConfigException {
        return loaded(folder, text, Map.of()).config();
    }

    static ProxyConfig fromEnvironment(Map<String, String> environment) throws ConfigException {
        return loader().load(null, environment).config();
    }

    /** What is wrong with a file; fails when nothing is. */
    static List<Problem> problems(Path folder, String text, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> loaded(folder, text, environment))
                .isInstanceOfSatisfying(ConfigException.class, e -> problems.addAll(e.problems()));
        return problems;
    }

    static List<Problem> problemsOfEnvironment(Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> loader().load(null, environment))
                .isInstanceOfSatisfying(ConfigException.class, e -> problems.addAll(e.problems()));
        return problems;
    }
}
