package io.bedrockproxy.server.config.load;

import static io.bedrockproxy.server.config.load.Configurations.loaded;
import static io.bedrockproxy.server.config.load.Configurations.loader;
import static io.bedrockproxy.server.config.load.Configurations.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading says which files it depends on: these are what a running proxy looks at for changes. */
class WatchedPathsTest {
    private static final String SECRET = "a-secret-of-more-than-sixteen-bytes";

    @TempDir
    Path folder;

    @Test
    void areTheFileItsIncludesAndWhatTheyName() throws ConfigException, IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        Path policy = Files.writeString(folder.resolve("policy.json"), "{\"Version\":\"2012-10-17\"}");
        Path inner = Files.writeString(folder.resolve("inner.conf"), """
                bedrock-proxy.roles.r {
                  role-arn = "arn:aws:iam::000000000000:role/r", session-policy = "%s"
                }
                """.formatted(policy));
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Path clients = Files.writeString(sub.resolve("clients.conf"), """
                include "../inner"
                bedrock-proxy.clients.app { role = r, secrets = [ { file = "%s" } ] }
                """.formatted(secret));
        LoadedConfig config = loaded(
                folder,
                "include \"sub/clients.conf\"\ninclude file(\"" + folder.resolve("later.conf") + "\")\n"
                        + "bedrock-proxy.bedrock.region = us-east-1\n",
                Map.of());

        assertThat(config.files())
                .map(path -> path.toAbsolutePath().normalize())
                .contains(folder.resolve("proxy.conf"), clients, inner, secret, policy, folder.resolve("later.conf"));
    }

    @Test
    void areKnownOfAConfigurationThatCannotBeUsed() {
        Path missing = folder.resolve("missing");
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> loaded(
                        folder,
                        Configurations.MINIMAL + "bedrock-proxy.bedrock.trusted-certificates = \"" + missing + "\"",
                        Map.of()));

        assertThat(e.files()).as("to be read again when it appears").contains(missing, folder.resolve("proxy.conf"));
    }

    @Test
    void areKnownOfAFileThatCannotBeParsed() {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> loaded(folder, "{ include", Map.of()));

        assertThat(e.files()).contains(folder.resolve("proxy.conf"));
    }

    @Test
    void includeSecretFilesOfVariables() throws ConfigException, IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        Map<String, String> environment =
                Map.of("AWS_REGION", "us-east-1", "BEDROCK_PROXY_SECRET_FILE", secret.toString());
        LoadedConfig config = new ConfigSource(loader(), null, environment).load();

        assertThat(config.files()).containsExactly(secret);
    }

    @Test
    void areReadAnewByASource() throws ConfigException {
        Path file = write(folder, Configurations.MINIMAL);
        ConfigSource source = new ConfigSource(loader(), file, Map.of("NOT_TO_BE_SHOWN", SECRET));
        assertThat(source.load().config().limits().headerCount()).isEqualTo(100);
        write(folder, Configurations.MINIMAL + "bedrock-proxy.limits.header-count = 50");

        assertThat(source.load().config().limits().headerCount()).isEqualTo(50);
        assertThat(source).hasToString("ConfigSource[" + file + "]");
        assertThat(new ConfigSource(loader(), null, Map.of()).name()).isEqualTo("environment");
    }
}
