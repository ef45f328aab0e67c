package io.bedrockproxy.server.config.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bedrockproxy.server.config.hocon.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Any file: it is a configuration, or it has problems that say where and what; nothing is thrown besides. */
class ConfigLoaderFuzz {
    @TempDir
    private static Path folder;

    @FuzzTest(maxDuration = "10m")
    void saysWhatIsWrong(byte[] input) {
        String text = new String(input, UTF_8);
        // Other files are another matter, and a fuzzer must not be able to ask for them.
        if (text.contains("include")) {
            return;
        }
        try {
            LoadedConfig loaded = Configurations.loaded(folder, text, Map.of());
            assertThat(loaded.config().clients()).isNotEmpty();
        } catch (ConfigException e) {
            List<Problem> problems = e.problems();
            assertThat(problems).isNotEmpty();
            for (Problem problem : problems) {
                assertThat(problem.toString()).doesNotContain("\n", "\r");
                assertThat(problem.expected()).isNotBlank();
            }
        }
    }
}
