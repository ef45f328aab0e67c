package io.bedrockproxy.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which disguises a secret is found. */
class SecretScannerTest {
    private static final String SECRET = "one+secret/of=many";

    private final SecretScanner scanner = new SecretScanner();

    @BeforeEach
    void forbid() {
        scanner.forbid(SECRET);
        scanner.forbid("another-secret-0123456789");
    }

    private boolean finds(String text) {
        SecretScanner.Search search = scanner.search();
        search.text(text);
        return search.found();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "me:", "user:password:"})
    void findsItInBase64BehindAnyText(String before) {
        for (String after : new String[] {"", "x", "yz"}) {
            byte[] bytes = (before + SECRET + after).getBytes(UTF_8);
            assertThat(finds("Basic " + Base64.getEncoder().encodeToString(bytes)))
                    .isTrue();
            assertThat(finds("t=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .isTrue();
        }
    }

    @Test
    void findsItRawAndPercentEncoded() {
        assertThat(finds("Bearer " + SECRET)).isTrue();
        assertThat(finds("/x?key=one%2Bsecret%2Fof%3Dmany")).isTrue();
        assertThat(finds("another-secret-0123456789")).isTrue();
    }

    @Test
    void findsItAcrossChunks() {
        byte[] bytes = ("{\"prompt\":\"" + SECRET + "\"}").getBytes(UTF_8);
        for (int split = 1; split < bytes.length; split++) {
            SecretScanner.Search search = scanner.search();
            search.bytes(Unpooled.wrappedBuffer(bytes, 0, split));
            search.bytes(Unpooled.wrappedBuffer(bytes, split, bytes.length - split));
            assertThat(search.found()).as("split at " + split).isTrue();
        }
    }

    @Test
    void findsNothingElse() {
        assertThat(finds("one+secret/of=man")).isFalse();
        assertThat(finds(Base64.getEncoder().encodeToString("two+secrets/of=few".getBytes(UTF_8))))
                .isFalse();
        SecretScanner.Search search = scanner.search();
        search.text("one+secret");
        search.text("/of=many");
        assertThat(search.found()).as("two fields are not one").isFalse();
    }
}
