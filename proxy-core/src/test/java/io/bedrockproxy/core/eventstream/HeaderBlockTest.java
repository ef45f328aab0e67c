package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "8, 8", "9, 16"})
    void readsOverValuesOfFixedLength(int type, int length) {
        byte[] block = block(header("x", type, new byte[length]), string(":event-type", "chunk"));

        assertThat(HeaderBlock.parse(block, block.length)).isEqualTo(event("chunk"));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void readsOverValuesThatTellTheirLength(int type) {
        byte[] block = block(header("x", type, lengthPrefixed(new byte[300])), string(":event-type", "chunk"));

        assertThat(HeaderBlock.parse(block, block.length)).isEqualTo(event("chunk"));
    }

    @Test
    void readsAllHeadersOfInterest() {
        byte[] block = block(
                string(":error-message", "möglich"),
                string(":error-code", "code"),
                string(":exception-type", "type"),
                string(":message-type", "error"),
                string(":event-type", ""));

        assertThat(HeaderBlock.parse(block, block.length))
                .isEqualTo(new FrameHeaders("error", "", "type", "code", "möglich"));
    }

    @Test
    void takesHeadersOfOtherTypesForAbsent() {
        byte[] block = block(header(":event-type", 6, lengthPrefixed(new byte[] {'a'})), header(":error-code", 0));

        assertThat(HeaderBlock.parse(block, block.length)).isEqualTo(new FrameHeaders(null, null, null, null, null));
    }

    @Test
    void refusesEveryPrefixThatEndsInsideAHeader() {
        byte[] first = string(":message-type", "event");
        byte[] block = block(first, header("flag", 1), header("id", 9, new byte[16]), string("s", ""));

        for (int length = 0; length <= block.length; length++) {
            boolean isWhole = length == 0
                    || length == first.length
                    || length == first.length + 6
                    || length == first.length + 6 + 20
                    || length == block.length;
            assertThat(HeaderBlock.parse(Arrays.copyOf(block, length), length) != null)
                    .as("length %d", length)
                    .isEqualTo(isWhole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 127, 128, 255})
    void refusesUnknownTypes(int type) {
        byte[] block = header("x", type, new byte[8]);

        assertThat(HeaderBlock.parse(block, block.length)).isNull();
    }

    @Test
    void refusesANameOfNoLength() {
        byte[] block = header("", 0);

        assertThat(HeaderBlock.parse(block, block.length)).isNull();
    }

    private static FrameHeaders event(String type) {
        return new FrameHeaders(null, type, null, null, null);
    }

    private static byte[] string(String name, String value) {
        return header(name, 7, lengthPrefixed(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] lengthPrefixed(byte[] value) {
        return block(new byte[] {(byte) (value.length >> 8), (byte) value.length}, value);
    }

    private static byte[] header(String name, int type, byte... value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        return block(new byte[] {(byte) nameBytes.length}, nameBytes, new byte[] {(byte) type}, value);
    }

    private static byte[] block(byte[]... parts) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(block::writeBytes);
        return block.toByteArray();
    }
}
