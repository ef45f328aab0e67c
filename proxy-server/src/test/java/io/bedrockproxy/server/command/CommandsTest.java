package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "serve --confg x",
                "serve extra",
                "sandbox --port many",
                "emulator --bedrock 8080",
                "emulator --credential-life 20",
                "secret 0123456789abcdef",
                "healthcheck ://"
            })
    void exitWith2AndAHintWhenMisused(String line) {
        CommandRun run = CommandRun.of(Map.of(), line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).containsAnyOf("Usage: bedrock-sigv4-proxy", "Did you mean", "Possible solutions");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve"})
    void exitWith2AndOneMessageWhenNothingIsConfigured(String line) {
        CommandRun run = line.isEmpty() ? CommandRun.of(Map.of()) : CommandRun.of(Map.of(), line);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(message -> message.startsWith("environment: bedrock-proxy.bedrock.region: not set"))
                .anyMatch(message -> message.startsWith("environment: bedrock-proxy.clients: no client"));
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --config", "--config", "healthcheck --config"})
    void nameAFileThatIsNotThere(String line, @TempDir Path folder) {
        String file = folder.resolve("none.conf").toString();
        CommandRun run = CommandRun.of(Map.of(), (line + " " + file).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip()).isEqualTo(file + ": --config: no such file (expected: a file in HOCON or JSON)");
    }

    @Test
    void refuseALogLevelThatIsNone() {
        CommandRun run = CommandRun.of(Map.of("BEDROCK_PROXY_LOG_LEVEL", "loud"), "secret");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip())
                .isEqualTo(
                        "environment: BEDROCK_PROXY_LOG_LEVEL: \"loud\" (expected: ERROR, WARN, INFO, DEBUG, TRACE)");
    }

    @Test
    void makeASecretAndWhatTheConfigurationHoldsOfIt() throws Exception {
        CommandRun run = CommandRun.of(Map.of(), "secret");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("secret=[A-Za-z0-9_-]{43}\\Rsha256=[0-9a-f]{64}\\R");
        String[] lines = run.out().lines().toArray(String[]::new);
        byte[] secret = lines[0].substring("secret=".length()).getBytes(StandardCharsets.US_ASCII);
        assertThat(lines[1])
                .isEqualTo("sha256="
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(secret)));
        assertThat(CommandRun.of(Map.of(), "secret").out()).isNotEqualTo(run.out());
    }

    @Test
    void accessKeysAreMadeWithTheirLineOfConfiguration() {
        CommandRun run = CommandRun.of(Map.of(), "secret", "--access-key");
        assertThat(run.out())
                .matches("(?s)access-key-id=(PRXY[0-9A-F]{16})\\Rsecret-access-key=[A-Za-z0-9_-]{40}\\R.*"
                        + "clients\\.NAME\\.access-keys = \\[ \\{ id = \"\\1\", secret = \\{ file = .*\\R");
        assertThat(CommandRun.of(Map.of(), "secret", "--access-key").out()).isNotEqualTo(run.out());
    }

    @Test
    void helpThemselves() {
        CommandRun run = CommandRun.of(Map.of(), "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("serve", "sandbox", "emulator", "secret", "healthcheck", "Exit codes");
    }
}
