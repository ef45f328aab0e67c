package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import io.bedrockproxy.core.auth.IssuedKey;
import io.bedrockproxy.core.sigv4.SecretAccessKey;
import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.LimitsConfig;
import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.RoleSettings.SessionPolicy;
import io.bedrockproxy.server.config.SourceRef;
import io.bedrockproxy.server.config.SourceSettings;
import io.bedrockproxy.server.config.StsConfig;
import io.bedrockproxy.server.config.TimeoutsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets every key to something else than its default and looks where it arrives. */
class EveryKeyTest {
    @TempDir
    Path folder;

    private Config file;
    private ProxyConfig config;

    @BeforeEach
    void load() throws IOException, ConfigException {
        LocalCertificates made = LocalCertificates.create(folder.resolve("tls"));
        Files.copy(made.certificateFile(), folder.resolve("cert.pem"));
        Files.copy(made.privateKeyFile(), folder.resolve("key.pem"));
        Files.writeString(folder.resolve("keys"), "");
        Files.writeString(folder.resolve("access-key"), "correct-horse-battery\n");
        Files.writeString(folder.resolve("policy.json"), "{\"Version\": \"2012-10-17\"}\n");
        String text = new String(
                        EveryKeyTest.class
                                .getResourceAsStream("/every-key.conf")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .replace("@FOLDER@", folder.toString());
        file = ConfigFactory.parseString(text);
        config = Configurations.config(folder, text);
    }

    @Test
    void coversEveryKeyOfTheReference() {
        ConfigObject reference = ConfigFactory.parseResources("reference.conf")
                .resolve(ConfigResolveOptions.noSystem())
                .root();
        assertThat(keys("", file.root(), "s3", "s2", "s1", "r2", "r1", "app")).containsAll(keys("", reference, "NAME"));
    }

    @Test
    void reachesTheListeners() {
        assertThat(config.listener())
                .isEqualTo(new ListenerConfig(
                        "0.0.0.0",
                        9443,
                        Path.of("/run/proxy.sock"),
                        List.of("/aws", "/a/b"),
                        List.of("x-secret"),
                        true,
                        new ListenerConfig.TlsFiles(
                                folder.resolve("cert.pem"), folder.resolve("key.pem"), folder.resolve("cert.pem"))));
        assertThat(config.admin()).isEqualTo(new AdminConfig("0.0.0.0", 9081, true));
    }

    @Test
    void reachesTheUpstreams() {
        assertThat(config.bedrock())
                .isEqualTo(new BedrockConfig(
                        "eu-central-1",
                        URI.create("https://runtime.example:8443"),
                        URI.create("https://control.example"),
                        URI.create("http://127.0.0.1:9000"),
                        true,
                        true,
                        folder.resolve("cert.pem"),
                        List.of("x-custom")));
        assertThat(config.sts())
                .isEqualTo(new StsConfig(
                        "eu-west-1",
                        URI.create("https://sts.example"),
                        List.of("eu-north-1", "eu-west-3"),
                        folder.resolve("cert.pem")));
    }

    @Test
    void reachesSourcesAndRoles() {
        assertThat(config.sources())
                .isEqualTo(Map.of(
                        "s1", new SourceSettings.Keys("AKIAEMULATOR00000000", "secret-key", "token"),
                        "s2", new SourceSettings.KeysFile(folder.resolve("keys")),
                        "s3", new SourceSettings.Profile("dev")));
        assertThat(config.roles().get("r1"))
                .isEqualTo(new RoleSettings(
                        "arn:aws:iam::111122223333:role/path/bedrock",
                        "e/1:2",
                        Duration.ofMinutes(15),
                        "name@1",
                        Map.of("team", "a b"),
                        "me",
                        new SessionPolicy.Custom(folder.resolve("policy.json"), "{\"Version\": \"2012-10-17\"}"),
                        new SourceRef.Source("s1"),
                        "eu-south-1",
                        URI.create("http://localhost:9001")));
        assertThat(config.roles().get("r2").source()).isEqualTo(new SourceRef.Role("r1"));
        assertThat(config.roles().get("r2").stsRegion()).isEqualTo("eu-west-1");
        assertThat(config.roles().get("r2").stsEndpoint()).isEqualTo(URI.create("https://sts.example"));
    }

    @Test
    void reachesClients() {
        ClientSettings client = config.clients().get("app");
        assertThat(client.secrets()).hasSize(2);
        assertThat(client)
                .isEqualTo(new ClientSettings(
                        client.secrets(),
                        List.of(new IssuedKey(
                                "PRXY0123456789ABCDEF",
                                SecretAccessKey.of("correct-horse-battery".getBytes(StandardCharsets.US_ASCII)))),
                        Instant.parse("2027-01-31T10:00:00Z"),
                        "r2",
                        new SourceRef.Source("s3"),
                        "us-west-2",
                        List.of("us-east-2"),
                        List.of("anthropic.*", "amazon.nova-*"),
                        List.of("Converse*", "discovery")));
    }

    @Test
    void reachesLimitsAndTimeouts() {
        assertThat(config.limits()).isEqualTo(new LimitsConfig(1_000_000, 2 << 20, 16 << 10, 50, 10, 20));
        assertThat(config.timeouts())
                .isEqualTo(new TimeoutsConfig(
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(7),
                        Duration.ofMinutes(8),
                        Duration.ofSeconds(9),
                        Duration.ZERO,
                        Duration.ofSeconds(10)));
    }

    /** Full keys; the names that operators choose all count as the placeholder. */
    private static Set<String> keys(String path, ConfigObject object, String... names) {
        Set<String> keys = new TreeSet<>();
        object.forEach((key, value) ->
                keys.addAll(keysOf(path + (Set.of(names).contains(key) ? "NAME" : key), value, names)));
        return keys;
    }

    private static Set<String> keysOf(String path, ConfigValue value, String... names) {
        return value instanceof ConfigObject object && !path.endsWith("session-tags")
                ? keys(path + ".", object, names)
                : Set.of(path);
    }
}
