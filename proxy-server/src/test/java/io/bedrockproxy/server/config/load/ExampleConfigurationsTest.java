package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.SourceRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code config/} can be used as they are, but for the secrets that each reader has of their own. */
class ExampleConfigurationsTest {
    private static final Path FOLDER = Path.of("../config");
    private static final String SECRETS = "/run/secrets/";
    /** What stands beside values: one line in four at least, or a reader has nothing to go by. */
    private static final int LINES_PER_COMMENT = 4;

    @TempDir
    Path folder;

    @BeforeEach
    void writeWhatTheyName() throws IOException {
        LocalCertificates made = LocalCertificates.create(folder.resolve("made"));
        Files.copy(made.certificateFile(), folder.resolve("tls.crt"));
        Files.copy(made.privateKeyFile(), folder.resolve("tls.key"));
        Files.copy(made.caFile(), folder.resolve("ca.pem"));
        for (String name : List.of(
                "bedrock-proxy",
                "contractor",
                "platform",
                "workflows-access-key",
                "customer-a",
                "customer-b",
                "customer-c")) {
            Path secret = Files.writeString(folder.resolve(name), "a-secret-for-the-client-of-" + name + "\n");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r-----"));
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void areTheOnesThatTheReadmeLists() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        assertThat(examples())
                .hasSize(4)
                .allSatisfy(file -> assertThat(readme).contains("(" + file.getFileName() + ")"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void loadWithoutAWarning(Path example) throws Exception {
        LoadedConfig loaded = Configurations.loaded(folder, local(example), Map.of());

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.config().clients()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void giveEveryRoleAnExternalId(Path example) throws Exception {
        ProxyConfig config = Configurations.config(folder, local(example));

        assertThat(config.roles().values())
                .isNotEmpty()
                .allSatisfy(role -> assertThat(role.externalId()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void sayWhatTheirLinesAreFor(Path example) throws IOException {
        List<String> lines = Files.readAllLines(example);
        long comments =
                lines.stream().filter(line -> line.strip().startsWith("#")).count();
        long values = lines.stream()
                .map(String::strip)
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .count();

        assertThat(lines.get(0)).startsWith("# ");
        assertThat(comments * LINES_PER_COMMENT).isGreaterThanOrEqualTo(values);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void areNotUsableWithAnUnknownKey(Path example) throws IOException {
        assertThat(Configurations.problems(folder, local(example) + "\nbedrock-proxy.bedrock.regoin = x\n", Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("regoin"));
    }

    @Test
    void showWhatTheirNamesSay() throws Exception {
        assertThat(example("sidecar").clients()).hasSize(1);
        assertThat(example("sidecar").listener().host()).isEqualTo("127.0.0.1");
        assertThat(example("teams").clients()).hasSizeGreaterThan(2);
        assertThat(example("teams").listener().tls()).isNotNull();
        assertThat(example("accounts").roles()).hasSizeGreaterThan(2);
        assertThat(example("accounts").roles().get("customer-c"))
                .satisfies(role -> assertThat(role.source()).isEqualTo(new SourceRef.Role("hub")));
        assertThat(example("vpc-endpoint").bedrock().endpoint()).asString().contains(".vpce.");
    }

    private ProxyConfig example(String name) throws IOException, ConfigException {
        Path file = FOLDER.resolve(name + ".conf");
        Config parsed = ConfigFactory.parseFile(file.toFile());
        assertThat(parsed.root().keySet()).containsExactly("bedrock-proxy");
        return Configurations.config(folder, local(file));
    }

    /** With the files of this test. */
    private String local(Path example) throws IOException {
        String text = Files.readString(example);
        return text.replace(SECRETS, folder + "/");
    }
}
