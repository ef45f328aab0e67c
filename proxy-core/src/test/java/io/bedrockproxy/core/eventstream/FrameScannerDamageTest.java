package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameScannerDamageTest {
    private final FrameScanner scanner = new FrameScanner();

    @Test
    void seesEveryFlippedBit() {
        byte[] stream = StreamSample.named("converse_full.bin").bytes();

        for (int bit = 0; bit < 8 * stream.length; bit++) {
            stream[bit / 8] ^= (byte) (1 << bit % 8);
            FrameScanner fresh = new FrameScanner();
            fresh.scan(ByteBuffer.wrap(stream));
            assertThat(fresh.end()).as("bit %d", bit).isEqualTo(StreamEnd.CORRUPT);
            stream[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void seesEveryCutThatIsNotBetweenFrames() {
        StreamSample sample = StreamSample.named("converse_full.bin");
        byte[] stream = sample.bytes();
        Set<Integer> boundaries = new HashSet<>(Set.of(stream.length));
        sample.json().get("frameOffsets").forEach(offset -> boundaries.add(offset.asInt()));

        for (int length = 0; length <= stream.length; length++) {
            FrameScanner fresh = new FrameScanner();
            fresh.scan(ByteBuffer.wrap(stream, 0, length));
            assertThat(fresh.atFrameBoundary()).as("length %d", length).isEqualTo(boundaries.contains(length));
            assertThat(fresh.end() == StreamEnd.CLEAN).isEqualTo(boundaries.contains(length));
        }
    }

    @ParameterizedTest
    @CsvSource({"131072, 0, CLEAN", "131073, 0, CORRUPT", "0, 25165824, CLEAN", "0, 25165825, CORRUPT"})
    void keepsToTheLimitsOfTheFormat(int headersLength, int payloadLength, StreamEnd end) {
        ByteBuffer frame = frame(headersLength, payloadLength);

        while (frame.hasRemaining()) {
            ByteBuffer chunk = frame.slice(frame.position(), Math.min(65_521, frame.remaining()));
            frame.position(frame.position() + chunk.remaining());
            scanner.scan(chunk);
        }

        assertThat(scanner.end()).isEqualTo(end);
    }

    @Test
    void takesALengthOfFourGigabytesForDamage() {
        ByteBuffer prelude = ByteBuffer.allocate(12).putInt(-1).putInt(0);
        prelude.putInt(checksum(prelude, 8)).flip();

        assertThat(scanner.scan(prelude))
                .isEqualTo(new ScanResult.Corrupt("payload length: 4294967279 (expected: <= 25165824)", 0));
    }

    @Test
    void allocatesForWhatHasComeOnly() {
        GrowingBuffer buffer = new GrowingBuffer(16);
        buffer.append(ByteBuffer.wrap(new byte[100_000]));
        buffer.append(ByteBuffer.wrap(new byte[1]));
        assertThat(buffer.size()).isEqualTo(100_001);
        assertThat(buffer.array()).hasSizeBetween(100_001, 200_000);

        buffer.clear();

        assertThat(buffer.size()).isZero();
        assertThat(buffer.array()).as("kept after a large frame").hasSize(16);
    }

    /** A right frame of many small headers and an empty payload, or the other way round. */
    private static ByteBuffer frame(int headersLength, int payloadLength) {
        int total = 16 + headersLength + payloadLength;
        ByteBuffer frame = ByteBuffer.allocate(total).putInt(total).putInt(headersLength);
        frame.putInt(checksum(frame, 8));
        int end = 12 + headersLength;
        while (frame.position() < end) {
            int nameLength = Math.min(255, end - frame.position() - 2);
            // What is left after this header must be enough for another one.
            nameLength -= end - frame.position() - 2 - nameLength < 3 && nameLength == 255 ? 3 : 0;
            frame.put((byte) nameLength).put(new byte[nameLength]).put((byte) 0);
        }
        return frame.position(total - 4).putInt(checksum(frame, total - 4)).flip();
    }

    private static int checksum(ByteBuffer bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(0, length));
        return (int) crc.getValue();
    }
}
