package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.SecretHash;
import io.bedrockproxy.server.config.hocon.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static final String SECRET = "0123456789abcdef";
    private static final String ARN = "arn:aws:iam::111122223333:role/bedrock";
    private static final Map<String, String> MINIMAL =
            Map.of("BEDROCK_PROXY_SECRET", SECRET, "AWS_REGION", "us-west-2");

    @TempDir
    Path folder;

    @Test
    void isEnoughForOneClientThatSignsWithTheDefaultChain() throws ConfigException {
        ProxyConfig config = Configurations.fromEnvironment(MINIMAL);
        ClientSettings client = config.clients().get("env");
        assertThat(config.clients()).containsOnlyKeys("env");
        assertThat(config.roles()).isEmpty();
        assertThat(client.role()).isNull();
        assertThat(client.source()).hasToString("default");
        assertThat(client.region()).isEqualTo("us-west-2");
        assertThat(client.secrets()).containsExactly(hash(SECRET));
    }

    @Test
    void describesTheWholeQuickPath() throws ConfigException {
        LocalCertificates made = LocalCertificates.create(folder);
        Path certificate = made.certificateFile();
        Path key = made.privateKeyFile();
        ProxyConfig config = Configurations.fromEnvironment(and(
                MINIMAL,
                "BEDROCK_PROXY_ROLE_ARN",
                ARN,
                "BEDROCK_PROXY_EXTERNAL_ID",
                "external",
                "BEDROCK_PROXY_ENDPOINT",
                "http://127.0.0.1:1",
                "BEDROCK_PROXY_STS_ENDPOINT",
                "http://127.0.0.1:2",
                "BEDROCK_PROXY_LISTEN",
                "0.0.0.0:3",
                "BEDROCK_PROXY_ADMIN_LISTEN",
                "[::1]:4",
                "BEDROCK_PROXY_ALLOW_REMOTE_PLAINTEXT",
                "true",
                "BEDROCK_PROXY_TLS_CERTIFICATE",
                certificate.toString(),
                "BEDROCK_PROXY_TLS_PRIVATE_KEY",
                key.toString(),
                "BEDROCK_PROXY_TRUSTED_CERTIFICATES",
                certificate.toString(),
                "BEDROCK_PROXY_LOG_LEVEL",
                "DEBUG"));
        assertThat(config.clients().get("env").role()).isEqualTo("env");
        assertThat(config.roles()).containsOnlyKeys("env");
        assertThat(config.roles().get("env").roleArn()).isEqualTo(ARN);
        assertThat(config.roles().get("env").externalId()).isEqualTo("external");
        assertThat(config.roles().get("env").stsEndpoint()).isEqualTo(URI.create("http://127.0.0.1:2"));
        assertThat(config.bedrock().endpoint()).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(config.bedrock().trustedCertificates()).isEqualTo(certificate);
        assertThat(config.sts().trustedCertificates()).isEqualTo(certificate);
        assertThat(config.listener().host()).isEqualTo("0.0.0.0");
        assertThat(config.listener().port()).isEqualTo(3);
        assertThat(config.listener().allowRemotePlaintext()).isTrue();
        assertThat(config.listener().tls()).isNotNull();
        assertThat(config.admin().host()).isEqualTo("::1");
        assertThat(config.admin().port()).isEqualTo(4);
    }

    @Test
    void takesASecretInEachOfThreeForms() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("secret"), "from-a-file-0123456\n");
        ProxyConfig config = Configurations.fromEnvironment(Map.of(
                "AWS_REGION",
                "us-east-1",
                "BEDROCK_PROXY_SECRET",
                SECRET,
                "BEDROCK_PROXY_SECRET_FILE",
                file.toString(),
                "BEDROCK_PROXY_SECRET_SHA256",
                Configurations.SHA256));
        assertThat(config.clients().get("env").secrets())
                .contains(hash(SECRET), hash("from-a-file-0123456"))
                .hasSize(3);
    }

    @Test
    void winsOverTheFileButForTheRegion() throws ConfigException {
        String text = """
                bedrock-proxy {
                  listener { port = 1000, unix-socket = /run/s }
                  bedrock { region = eu-central-1, endpoint = "https://file.example" }
                  roles.env { role-arn = "arn:aws:iam::444455556666:role/file", session-name = kept }
                  clients.env { secrets = [ { sha256 = "%s" } ], models = ["amazon.*"] }
                  clients.other { secrets = [ { sha256 = "%s" } ] }
                }
                """.formatted(Configurations.SHA256, "cd".repeat(32));
        LoadedConfig loaded = Configurations.loaded(
                folder,
                text,
                and(
                        MINIMAL,
                        "BEDROCK_PROXY_LISTEN",
                        "localhost:2000",
                        "BEDROCK_PROXY_ENDPOINT",
                        "https://variable.example",
                        "BEDROCK_PROXY_ROLE_ARN",
                        ARN));
        ProxyConfig config = loaded.config();
        assertThat(config.listener().host()).isEqualTo("localhost");
        assertThat(config.listener().port()).isEqualTo(2000);
        assertThat(config.listener().unixSocket()).isNull();
        assertThat(config.bedrock().endpoint()).isEqualTo(URI.create("https://variable.example"));
        assertThat(config.roles().get("env").roleArn()).isEqualTo(ARN);
        assertThat(config.roles().get("env").sessionName()).isEqualTo("kept");
        assertThat(config.clients()).containsOnlyKeys("env", "other");
        assertThat(config.clients().get("env").secrets()).containsExactly(hash(SECRET));
        assertThat(config.clients().get("env").models()).containsExactly("amazon.*");
        assertThat(config.bedrock().region())
                .as("platforms set AWS_REGION everywhere")
                .isEqualTo("eu-central-1");
        assertThat(loaded.warnings())
                .contains("bedrock-proxy.bedrock.region: eu-central-1, although AWS_REGION is us-west-2");
    }

    @Test
    void countsAnEmptyVariableAsNotSet() throws ConfigException {
        ProxyConfig config = Configurations.fromEnvironment(
                and(MINIMAL, "BEDROCK_PROXY_ENDPOINT", "", "BEDROCK_PROXY_ROLE_ARN", " "));
        assertThat(config.bedrock().endpoint()).isNull();
        assertThat(config.roles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEDROCK_PROXY_SECRET | fifteen-bytes-x | a secret of 15 bytes | at least 16 bytes",
                "BEDROCK_PROXY_SECRET | with spaces in the middle | fits in no header | printable ASCII",
                "BEDROCK_PROXY_SECRET_FILE | /nowhere | no such file | can be read",
                "BEDROCK_PROXY_SECRET_SHA256 | abc | 3 characters | 64 hexadecimal digits",
                "BEDROCK_PROXY_ROLE_ARN | role/bedrock | role/bedrock | arn:aws:iam::111122223333:role/bedrock",
                "BEDROCK_PROXY_EXTERNAL_ID | x | there is no role | BEDROCK_PROXY_ROLE_ARN too",
                "BEDROCK_PROXY_ENDPOINT | http://example.com | http://example.com | https://host[:port]",
                "BEDROCK_PROXY_STS_ENDPOINT | sts | sts | https://host[:port]",
                "BEDROCK_PROXY_LISTEN | 8080 | 8080 | host:port",
                "BEDROCK_PROXY_LISTEN | 0.0.0.0:8080 | in the clear | allow-remote-plaintext = true",
                "BEDROCK_PROXY_ADMIN_LISTEN | localhost:x | localhost:x | host:port",
                "BEDROCK_PROXY_ALLOW_REMOTE_PLAINTEXT | maybe | maybe | true or false",
                "BEDROCK_PROXY_TLS_CERTIFICATE | /nowhere | no such file | can be read",
                "BEDROCK_PROXY_TRUSTED_CERTIFICATES | /nowhere | no such file | can be read"
            })
    void isNamedWhenAVariableIsWrong(String variable, String value, String wrong, String expected) {
        assertThat(Configurations.problemsOfEnvironment(and(MINIMAL, variable, value)))
                .anySatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo("environment");
                    assertThat(problem.key()).isEqualTo(variable);
                    assertThat(problem.wrong()).contains(wrong);
                    assertThat(problem.expected()).contains(expected);
                });
    }

    @Test
    void asksForASecretWhenThereIsARole() {
        List<Problem> problems =
                Configurations.problemsOfEnvironment(Map.of("AWS_REGION", "us-east-1", "BEDROCK_PROXY_ROLE_ARN", ARN));
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.key()).isEqualTo("BEDROCK_PROXY_ROLE_ARN");
            assertThat(problem.expected()).contains("BEDROCK_PROXY_SECRET");
        });
    }

    @Test
    void isAskedForWhenThereIsNothing() {
        assertThat(Configurations.problemsOfEnvironment(Map.of()))
                .extracting(Problem::toString)
                .anyMatch(line -> line.contains("region: not set") && line.contains("AWS_REGION"))
                .anyMatch(line -> line.contains("clients: no client") && line.contains("BEDROCK_PROXY_SECRET"));
    }

    private static SecretHash hash(String secret) {
        return SecretHash.ofSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> and(Map<String, String> some, String... more) {
        Map<String, String> all = new HashMap<>(some);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
