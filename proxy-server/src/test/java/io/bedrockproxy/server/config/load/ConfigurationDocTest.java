package io.bedrockproxy.server.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {
    private static final Path REFERENCE = Path.of("src/main/resources/reference.conf");
    private static final Path PAGE = Path.of("../docs/CONFIGURATION.md");

    @Test
    void isTheManualOfEveryKey() throws IOException {
        assertThat(ConfigurationDoc.undocumentedKeys(lines()))
                .as("keys without a comment in front")
                .isEmpty();
    }

    @Test
    void resolvesInAnEmptyEnvironment() {
        Config reference = ConfigFactory.parseFile(REFERENCE.toFile()).resolve(ConfigResolveOptions.noSystem());
        assertThat(reference.root().keySet()).containsExactly("bedrock-proxy");
        assertThat(reference.getObject("bedrock-proxy.bedrock"))
                .as("a key without a value is known all the same")
                .containsKey("region");
    }

    @Test
    void isTheSourceOfThePageInDocs() throws IOException {
        String expected = ConfigurationDoc.markdown(lines());
        if (Boolean.getBoolean("generate.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("run this test with -Dgenerate.docs=true to write the page anew")
                .content()
                .isEqualTo(expected);
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(REFERENCE);
    }
}
