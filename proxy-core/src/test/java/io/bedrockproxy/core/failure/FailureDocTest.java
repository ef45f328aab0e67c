package io.bedrockproxy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureDocTest {
    private static final Path PAGE = Path.of("../docs/FAILURES.md");

    @Test
    void isTheSourceOfThePageInDocs() throws IOException {
        String expected = FailureDoc.markdown();
        if (Boolean.getBoolean("generate.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("run this test with -Dgenerate.docs=true to write the page anew")
                .content()
                .isEqualTo(expected);
    }
}
