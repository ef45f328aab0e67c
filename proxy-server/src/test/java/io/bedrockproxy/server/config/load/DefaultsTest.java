package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.LimitsConfig;
import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SecretHash;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.StsConfig;
import io.bedrockproxy.server.config.TimeoutsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultsTest {
    @TempDir
    Path folder;

    @Test
    void fillsInEveryKeyThatAFileLeavesOut() throws ConfigException {
        ProxyConfig config = Configurations.config(folder, Configurations.MINIMAL);
        assertThat(config.listener())
                .isEqualTo(new ListenerConfig(
                        "127.0.0.1", 8080, null, List.of("/bedrock"), List.of("x-api-key", "api-key"), false, null));
        assertThat(config.admin()).isEqualTo(new AdminConfig("127.0.0.1", 8081, false));
        assertThat(config.bedrock())
                .isEqualTo(new BedrockConfig("us-east-1", null, null, null, false, false, null, List.of()));
        assertThat(config.sts()).isEqualTo(new StsConfig("us-east-1", null, List.of(), null));
        assertThat(config.sources()).isEmpty();
        assertThat(config.roles()).isEmpty();
        assertThat(config.limits()).isEqualTo(new LimitsConfig(25 << 20, 64 << 20, 32 << 10, 100, 4096, 100));
        assertThat(config.timeouts())
                .isEqualTo(new TimeoutsConfig(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(60),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(75),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(100)));
    }

    @Test
    void fillsInEveryKeyOfAClient() throws ConfigException {
        ProxyConfig config = Configurations.config(folder, Configurations.MINIMAL);
        SecretHash secret = SecretHash.ofSha256(HexFormat.of().parseHex(Configurations.SHA256));
        assertThat(config.clients())
                .containsExactly(Map.entry(
                        "app",
                        new ClientSettings(
                                List.of(secret),
                                List.of(),
                                null,
                                null,
                                new SourceRef.DefaultChain(),
                                "us-east-1",
                                List.of(),
                                List.of("*"),
                                List.of("inference"))));
    }

    @Test
    void fillsInEveryKeyOfARole() throws ConfigException {
        String arn = "arn:aws:iam::111122223333:role/bedrock";
        ProxyConfig config = Configurations.config(
                folder, Configurations.MINIMAL + "bedrock-proxy.roles.r.role-arn = \"" + arn + "\"");
        assertThat(config.roles())
                .containsExactly(Map.entry(
                        "r",
                        new RoleSettings(
                                arn,
                                null,
                                Duration.ofHours(1),
                                null,
                                Map.of(),
                                null,
                                new RoleSettings.SessionPolicy.Generated(),
                                new SourceRef.DefaultChain(),
                                "us-east-1",
                                null)));
    }

    @Test
    void printsWhatAutoCameTo() throws ConfigException {
        assertThat(Configurations.loaded(folder, Configurations.MINIMAL, Map.of())
                        .notes())
                .containsExactly(
                        "bedrock-proxy.limits.buffered-bodies=64 MiB (auto: a quarter of the memory, heap 128 MiB and"
                                + " direct 128 MiB, at most 256 MiB)",
                        "bedrock-proxy.limits.connections=4096 (auto: from 20000 file descriptors and the memory)");
    }
}
