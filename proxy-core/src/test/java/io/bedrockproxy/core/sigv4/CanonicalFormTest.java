package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.http.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vectors of AWS leave out. */
class CanonicalFormTest {
    @ParameterizedTest
    @CsvSource({
        "'', /",
        "//, /",
        "/., /",
        "/.., /",
        "/../.., /",
        "/a/., /a",
        "/a/b/.., /a",
        "/a/b/../, /a/",
        "/a//b, /a/b",
        "//a/./b//, /a/b/",
        "/.hidden/..x/..., /.hidden/..x/...",
        "a/b, /a/b",
        "/é☃, /%C3%A9%E2%98%83",
    })
    void normalizesAndEncodesAPath(String path, String canonical) {
        assertThat(CanonicalPath.of(path)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "&&, ''",
        "a, a=",
        "=, =",
        "b=1&a=2&a=1, a=1&a=2&b=1",
        "a-b=1&a=2, a=2&a-b=1",
        "%61=%7e, a=~",
        "a=%e2%98%83, a=%E2%98%83",
        "a=☃, a=%E2%98%83",
        "a=%zz&b=%4, a=%25zz&b=%254",
        "a=%2B+, a=%2B%2B",
    })
    void decodesEncodesAndSortsAQuery(String query, String canonical) {
        assertThat(CanonicalQuery.of(query)).isEqualTo(canonical);
    }

    @Test
    void trimsJoinsAndSortsHeaders() {
        CanonicalHeaders headers = CanonicalHeaders.of(List.of(
                new Header("x-b", " a \r\n\u000b\f b\t"),
                new Header("x-a", "  "),
                new Header("X-B", ""),
                new Header("x-b", "é")));
        Utf8Buffer lines = new Utf8Buffer();

        headers.appendLines(lines);

        assertThat(lines).hasToString("x-a:\nx-b:a b,,é\n");
        assertThat(headers.names()).isEqualTo("x-a;x-b");
    }

    @Test
    void encodesTextOfAnyLengthAndKind() {
        Utf8Buffer buffer = new Utf8Buffer();
        StringBuilder expected = new StringBuilder();

        for (int length = 0; length < 200; length++) {
            String text = "a".repeat(length) + (length % 3 == 0 ? "é☃\uD83D\uDE00z" : "");
            buffer.append(text).append('\n');
            expected.append(text).append('\n');
        }

        assertThat(buffer).hasToString(expected.toString());
        buffer.clear();
        assertThat(buffer).hasToString("");
    }
}
