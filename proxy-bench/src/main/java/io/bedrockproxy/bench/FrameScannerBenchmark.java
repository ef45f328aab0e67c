package io.bedrockproxy.bench;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.SseTranscoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** What does one frame cost that goes by, watched or made into a Server-Sent Event? Figures are per frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameScannerBenchmark {
    private static final int FRAMES = 500;
    /** A usual read of Netty's. */
    private static final int CHUNK_BYTES = 8192;

    /** Bytes that the model made for one frame: some words, or a bulk transfer. */
    @Param({"120", "12000"})
    public int modelBytes;

    private ByteBuffer stream = ByteBuffer.allocate(0);

    /** Makes a stream of InvokeModelWithResponseStream. */
    @Setup
    public void makeStream() {
        String model = "{\"text\":\"" + "x".repeat(modelBytes) + "\"}";
        String base64 = Base64.getEncoder().encodeToString(model.getBytes(StandardCharsets.US_ASCII));
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":event-type", HeaderValue.fromString("chunk"));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        headers.put(":message-type", HeaderValue.fromString("event"));
        byte[] payload =
                ("{\"bytes\":\"" + base64 + "\",\"p\":\"abcdefghijklmnop\"}").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = new Message(headers, payload).toByteBuffer();
        stream = ByteBuffer.allocateDirect(FRAMES * frame.remaining());
        for (int i = 0; i < FRAMES; i++) {
            stream.put(frame.duplicate());
        }
        stream.flip();
    }

    /** The floor: one checksum over all bytes. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long checksumOnly() {
        CRC32 crc = new CRC32();
        crc.update(stream.duplicate());
        return crc.getValue();
    }

    /** Frames go by untouched. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long scan() {
        FrameScanner scanner = new FrameScanner();
        for (int at = 0; at < stream.limit(); at += CHUNK_BYTES) {
            scanner.scan(chunk(at));
        }
        return scanner.frames();
    }

    /** Frames become Server-Sent Events. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long transcode(Blackhole blackhole) {
        SseTranscoder transcoder = new SseTranscoder();
        for (int at = 0; at < stream.limit(); at += CHUNK_BYTES) {
            transcoder.accept(chunk(at), blackhole::consume);
        }
        return transcoder.frames();
    }

    private ByteBuffer chunk(int at) {
        return stream.slice(at, Math.min(CHUNK_BYTES, stream.limit() - at));
    }
}
