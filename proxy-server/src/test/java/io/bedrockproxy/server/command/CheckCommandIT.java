package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} in a process of its own: exit codes, and what goes to which stream. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckCommandIT {
    private static final String ROLE_ARN = "arn:aws:iam::000000000000:role/r";

    @AutoClose
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());

    @TempDir
    Path folder;

    @Test
    void exitsWithZeroWhenAllIsWellAlthoughTheProxyHasItsPorts() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess child = ChildProcess.start(
                        folder,
                        Map.of(),
                        "check",
                        "--config",
                        config("listener.port = " + listening.getLocalPort()),
                        "--invoke",
                        "amazon.nova-lite-v1:0")) {
            assertThat(child.exitCode()).as(child.out() + child.err()).isZero();
            assertThat(child.out().lines()).hasSize(7).allMatch(line -> line.startsWith("ok  "));
            assertThat(child.err()).isEmpty();
        }
    }

    @Test
    void exitsWithOneWhenACheckFailsAndSaysTheSameAsJson() throws Exception {
        emulator.roles(List.of(RoleRule.of(ROLE_ARN, "an-external-id")));
        String config = config("");
        List<String> lines;
        try (ChildProcess child = ChildProcess.start(folder, Map.of(), "check", "--config", config)) {
            assertThat(child.exitCode()).isEqualTo(1);
            lines = child.out().lines().toList();
            assertThat(child.err()).isEmpty();
        }
        try (ChildProcess child = ChildProcess.start(folder, Map.of(), "check", "--config", config, "--json")) {
            assertThat(child.exitCode()).isEqualTo(1);
            List<String> fromJson = new ArrayList<>();
            for (JsonNode check : new ObjectMapper().readTree(child.out())) {
                assertThat(check.fieldNames()).toIterable().containsExactly("name", "state", "detail", "advice");
                String advice = check.get("advice").asText();
                fromJson.add("%-8s %s: %s%s"
                        .formatted(
                                check.get("state").asText(),
                                check.get("name").asText(),
                                check.get("detail").asText(),
                                advice.isEmpty() ? "" : " -- " + advice));
            }
            assertThat(withoutWhatDiffers(fromJson)).isEqualTo(withoutWhatDiffers(lines));
            assertThat(fromJson).anyMatch(line -> line.startsWith("failed   role r as app: STS says AccessDenied"));
        }
    }

    @Test
    void exitsWithTwoWhenTheConfigurationCannotBeUsed() throws Exception {
        String config = config("clients.app.role = nobody");
        CommandRun served = CommandRun.of(Map.of(), "serve", "--config", config);
        try (ChildProcess child = ChildProcess.start(folder, Map.of(), "check", "--config", config)) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.err()).as("as serve says it").isEqualTo(served.err());
            assertThat(child.out()).isEmpty();
        }
        CommandRun json = CommandRun.of(Map.of(), "check", "--config", config, "--json");
        assertThat(json.exitCode()).isEqualTo(2);
        JsonNode only = new ObjectMapper().readTree(json.out()).get(0);
        assertThat(only.get("state").asText()).isEqualTo("failed");
        assertThat(only.get("detail").asText()).contains("clients.app.role", "nobody defines");
        assertThat(json.err()).isEqualTo(served.err());
    }

    private static List<String> withoutWhatDiffers(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("request-id=[0-9a-f-]+", "request-id"))
                .map(line -> line.replaceAll("off by \\d+ s", "off by a little"))
                .toList();
    }

    private String config(String hocon) throws IOException {
        return Files.writeString(folder.resolve("proxy.conf"), """
                bedrock-proxy {
                  listener.port = 0, admin.port = 0
                  bedrock { region = us-east-1, endpoint = "%s" }
                  sts.endpoint = "%s"
                  sources.s { access-key-id = "%s", secret-access-key = "%s" }
                  roles.r { role-arn = "%s", session-policy = none, source = s }
                  clients.app { role = r, secrets = [{ sha256 = %s }] }
                  %s
                }
                """.formatted(
                                emulator.bedrockEndpoint(),
                                emulator.stsEndpoint(),
                                emulator.accessKeyId(),
                                emulator.secretAccessKey(),
                                ROLE_ARN,
                                "0a".repeat(32),
                                hocon))
                .toString();
    }
}
