package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.config.SecretHash;
import io.bedrockproxy.server.config.SourceSettings;
import io.bedrockproxy.server.config.hocon.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "correct-horse-battery";
    private static final String SHA256 = "1b5a2b7dee0aa6dbbf2d5c9b0b2a6f1a";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {SECRET, SECRET + "\n", SECRET + "\r\n"})
    void inAFileEndAtTheNewline(String content) throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        assertThat(secrets("{ file = \"" + file + "\" }")).containsExactly(hash(SECRET));
    }

    @Test
    void ofSeveralKindsAreValidAtOnceAndCountOnce() throws ConfigException {
        assertThat(secrets("{ env = X }, { env = Y }, { env = X }")).containsExactly(hash(SECRET), hash(SECRET + "2"));
    }

    @Test
    void canBePutInFromAVariable() throws ConfigException {
        assertThat(secrets("{ sha256 = ${DIGEST} }")).hasSize(1);
    }

    @Test
    void neverShowInWhatIsLoaded() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "3");
        String text = Configurations.MINIMAL
                + "bedrock-proxy { clients.b.secrets = [ { env = X }, { file = \"" + file + "\" } ]\n"
                + "clients.b.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { env = Y } } ]\n"
                + "sources.s { access-key-id = AKIAEMULATOR00000000, secret-access-key = " + SECRET
                + ", session-token = " + SHA256 + " } }";
        LoadedConfig loaded = Configurations.loaded(folder, text, variables());
        assertThat(loaded.config().sources().get("s"))
                .isInstanceOfSatisfying(
                        SourceSettings.Keys.class,
                        keys -> assertThat(keys.secretAccessKey()).isEqualTo(SECRET));
        assertThat(loaded.toString())
                .contains("AKIAEMULATOR00000000", "sha256:***")
                .doesNotContain(SECRET, SHA256, Configurations.SHA256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sources.s.secret-access-key \"correct-horse-battery\"",
                "sources.s.secret-access-key = \"correct-horse-battery",
                "sources.s.secret-access-key = a+\"correct-horse-battery\"",
                "sources.s.secret-access-key = correct-horse-battery { a = 1 }",
                "sources.s.secret-access-key = ${X} { a = 1 }",
                "sources.s.secret-access-key = ${X} [ 1 ]",
                "clients.app.secrets = [ correct-horse-battery ]",
                "clients.app.secrets = [ { env = correct-horse-battery } ]",
                "clients.app.secrets = ${X}",
                "timeouts = ${X}"
            })
    void neverShowInAComplaintAboutAMistakeNextToThem(String mistake) {
        String text = Configurations.MINIMAL + "bedrock-proxy { " + mistake + "\n}";
        List<Problem> problems = Configurations.problems(folder, text, variables());
        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).doesNotContain(SECRET, "battery");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clients.b.secrets = [ { sha256 = correct-horse-battery } ]",
                "clients.b.secrets = [ correct-horse-battery ]",
                "clients.b.secrets = correct-horse-battery",
                "clients.b.access-keys = [ { id = correct-horse-battery, secret = { env = X } } ]",
                "clients.b.access-keys = [ { id = PRXY0123456789ABCDEF, secret = correct-horse-battery } ]",
                "clients.b.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { env = correct-horse-battery } } ]",
                "clients.b.access-keys = [ { id = PRXY0123456789ABCDEF, secret = { text = correct-horse-battery } } ]",
                "clients.b.secrets = [ { env = X }, { env = X, sha256 = correct-horse-battery } ]",
                "clients { b.secrets = [ { env = X } ], c.secrets = [ { env = X } ] }",
                "sources.s { secret-access-key = correct-horse-battery }",
                "sources.s { access-key-id = correct-horse-battery, secret-access-key = [ correct-horse-battery ] }",
                "bedrock.endpoint = \"https://user:correct-horse-battery@host\"",
                "roles.r { role-arn = \"arn:aws:iam::111122223333:role/r\", external-id = \"correct-horse-battery!\" }"
            })
    void neverShowInWhatIsWrong(String line) {
        String text = Configurations.MINIMAL + "bedrock-proxy { " + line + " }";
        assertThat(Configurations.problems(folder, text, variables()))
                .isNotEmpty()
                .extracting(Object::toString)
                .noneMatch(problem -> problem.contains(SECRET));
    }

    private List<SecretHash> secrets(String elements) throws ConfigException {
        String text = Configurations.MINIMAL + "bedrock-proxy.clients.b.secrets = [ " + elements + " ]";
        return Configurations.loaded(folder, text, variables())
                .config()
                .clients()
                .get("b")
                .secrets();
    }

    private static Map<String, String> variables() {
        return Map.of("X", SECRET, "Y", SECRET + "2", "DIGEST", "ef".repeat(32));
    }

    private static SecretHash hash(String secret) {
        return SecretHash.ofSecret(secret.getBytes(StandardCharsets.UTF_8));
    }
}
