package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Any bytes, cut anywhere: the verdict is that on the whole. */
class FrameScannerFuzz {
    /** What a scanner says in the end. */
    private record Verdict(
            StreamEnd end, long frames, @Nullable String exceptionType, boolean atBoundary) {
        static Verdict of(FrameScanner scanner) {
            return new Verdict(scanner.end(), scanner.frames(), scanner.exceptionType(), scanner.atFrameBoundary());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void anyCutGivesTheSameVerdict(byte[] stream) {
        check(stream);
    }

    /** @param input the length of the header block, the block, and the payload; the checksums are made right */
    @FuzzTest(maxDuration = "10m")
    void aFrameIsWhatItsHeadersSay(byte[] input) {
        int headersBytes = input.length == 0 ? 0 : Math.min(input[0] & 0xff, input.length - 1);
        byte[] rest = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        Verdict verdict = check(frame(rest, headersBytes));

        FrameHeaders headers = HeaderBlock.parse(rest, headersBytes);
        if (headers == null) {
            assertThat(verdict).isEqualTo(new Verdict(StreamEnd.CORRUPT, 0, null, false));
        } else if (headers.isFailure()) {
            assertThat(verdict).isEqualTo(new Verdict(StreamEnd.EXCEPTION, 1, headers.failureType(), true));
        } else {
            assertThat(verdict).isEqualTo(new Verdict(StreamEnd.CLEAN, 1, null, true));
        }
    }

    private static Verdict check(byte[] stream) {
        Verdict whole = scan(stream, stream.length);
        assertThat(scan(stream, 1)).as("byte by byte").isEqualTo(whole);
        Random random = new Random(Arrays.hashCode(stream));
        FrameScanner scanner = new FrameScanner();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(40), stream.length - at);
            scanner.scan(ByteBuffer.wrap(stream, at, length));
            at += length;
        }
        assertThat(Verdict.of(scanner)).as("in pieces").isEqualTo(whole);
        return whole;
    }

    private static Verdict scan(byte[] stream, int piece) {
        FrameScanner scanner = new FrameScanner();
        for (int at = 0; at < stream.length; at += piece) {
            ByteBuffer chunk = ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at));
            scanner.scan(chunk);
            assertThat(chunk.hasRemaining()).isFalse();
        }
        return Verdict.of(scanner);
    }

    private static byte[] frame(byte[] rest, int headersBytes) {
        byte[] frame = new byte[Prelude.OVERHEAD + rest.length];
        ByteBuffer out = ByteBuffer.wrap(frame);
        out.putInt(frame.length).putInt(headersBytes);
        out.putInt(checksum(frame, out.position())).put(rest);
        out.putInt(checksum(frame, out.position()));
        return frame;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
