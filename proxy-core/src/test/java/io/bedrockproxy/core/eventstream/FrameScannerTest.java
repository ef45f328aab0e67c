package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScannerTest {
    private static final long SEED = 20261121L;

    static Stream<StreamSample> samples() {
        return StreamSample.all();
    }

    @Test
    void readsEverySample() {
        assertThat(samples()).hasSize(45);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void judgesEachSampleAlikeHoweverItIsCut(StreamSample sample) {
        sample.chunkings(SEED).forEach(chunks -> {
            FrameScanner scanner = new FrameScanner();
            chunks.forEach(chunk -> {
                scanner.scan(chunk);
                assertThat(chunk.hasRemaining()).as("left over").isFalse();
            });
            String cut = "seed %d, %d chunks".formatted(SEED, chunks.size());
            assertThat(scanner.end()).as(cut).isEqualTo(sample.end());
            assertThat(scanner.frames()).as(cut).isEqualTo(sample.goodFrames());
            assertThat(scanner.exceptionType()).as(cut).isEqualTo(sample.exceptionType());
            assertThat(scanner.atFrameBoundary())
                    .as(cut)
                    .isEqualTo(sample.end() == StreamEnd.CLEAN || sample.end() == StreamEnd.EXCEPTION);
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tellsTheGoodBytesBeforeDamage(StreamSample sample) {
        int damagedFrame = goodBytes(sample);
        sample.chunkings(SEED).forEach(chunks -> {
            FrameScanner scanner = new FrameScanner();
            int before = 0;
            for (ByteBuffer chunk : chunks) {
                int length = chunk.remaining();
                if (scanner.scan(chunk) instanceof ScanResult.Corrupt corrupt) {
                    boolean beganHere = damagedFrame >= before && damagedFrame < before + length;
                    assertThat(corrupt.goodBytes()).isEqualTo(beganHere ? damagedFrame - before : -1);
                }
                before += length;
            }
        });
    }

    /** The sum of the lengths that the good frames state. */
    private static int goodBytes(StreamSample sample) {
        ByteBuffer bytes = ByteBuffer.wrap(sample.bytes());
        int at = 0;
        for (int i = 0; i < sample.goodFrames(); i++) {
            at += bytes.getInt(at);
        }
        return at;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad_prelude_crc.bin: prelude checksum",
                "bad_message_crc.bin: message checksum",
                "bad_total_zero.bin: total length: 0 (expected: >= 16)",
                "bad_headers_gt_total.bin: total length: 32 (expected: >= 80)",
                "bad_payload_over_24MiB.bin: payload length: 25165825 (expected: <= 25165824)",
                "bad_headers_over_128KiB.bin: headers length: 131073 (expected: <= 131072)",
                "bad_header_type.bin: header block",
                "bad_html_instead.bin: prelude checksum",
            })
    void saysWhatIsWrong(String fileAndReason) {
        String[] parts = fileAndReason.split(": ", 2);
        ByteBuffer chunk = ByteBuffer.wrap(StreamSample.named(parts[0]).bytes());

        ScanResult result = new FrameScanner().scan(chunk);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ScanResult.Corrupt.class,
                        corrupt -> assertThat(corrupt.reason()).isEqualTo(parts[1]));
    }

    @Test
    void staysCorruptWhateverFollows() {
        FrameScanner scanner = new FrameScanner();
        scanner.scan(ByteBuffer.wrap(StreamSample.named("bad_message_crc.bin").bytes()));

        ScanResult result = scanner.scan(
                ByteBuffer.wrap(StreamSample.named("converse_full.bin").bytes()));

        assertThat(result).isEqualTo(new ScanResult.Corrupt("message checksum", -1));
        assertThat(scanner.frames()).isOne();
        assertThat(scanner.atFrameBoundary()).isFalse();
    }

    @Test
    void remembersTheFirstExceptionOnly() {
        FrameScanner scanner = new FrameScanner();

        for (String type : List.of("firstException", "secondException")) {
            scanner.scan(ByteBuffer.wrap(ExceptionFrame.encode(type, "")));
        }

        assertThat(scanner.frames()).isEqualTo(2);
        assertThat(scanner.exceptionType()).isEqualTo("firstException");
    }
}
