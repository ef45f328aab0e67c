package io.bedrockproxy.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @Test
    void encodesEveryOctetButTheUnreserved() {
        for (char c = 0; c < 0x80; c++) {
            boolean isUnreserved = String.valueOf(c).matches("[A-Za-z0-9._~-]");
            String expected = isUnreserved ? String.valueOf(c) : String.format("%%%02X", (int) c);
            assertThat(PercentEncoding.encode(String.valueOf(c))).isEqualTo(expected);
            assertThat(PercentEncoding.encodePath(String.valueOf(c))).isEqualTo(c == '/' ? "/" : expected);
            assertThat(PercentEncoding.isUnreserved(c)).isEqualTo(isUnreserved);
        }
        assertThat(PercentEncoding.encode("a\u00e4/\ud83d\ude00")).isEqualTo("a%C3%A4%2F%F0%9F%98%80");
    }

    @ParameterizedTest
    @CsvSource({"abc, abc", "%41%6a, Aj", "%2f%2F, //", "%2541, %41", "a+b, a+b", "'', ''"})
    void decodesOnce(String text, String decoded) {
        assertThat(PercentEncoding.decode(text)).isEqualTo(decoded);
    }

    @Test
    void decodesEveryOctetToOneCharacter() {
        byte[] octets = new byte[256];
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
            encoded.append(String.format("%%%02x", i));
        }
        assertThat(PercentEncoding.decode(encoded.toString()))
                .isEqualTo(new String(octets, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%4", "%zz", "%4g", "%-1", "%u0041", "%\u0661\u0661", "% 4"})
    void returnsNullForWhatIsMalformed(String text) {
        assertThat(PercentEncoding.decode(text)).isNull();
    }
}
