package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.ScanResult;
import io.bedrockproxy.core.eventstream.SseTranscoder;
import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Native event streams come through untouched, are rewritten rightly on request, and never hide that they are damaged. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStreamIT {
    private static final String PATH = "/model/amazon.nova-lite-v1:0/invoke-with-response-stream";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final long SEED = 20261121;
    /** A file of several hundred thousand bytes is not sent byte by byte. */
    private static final int SMALL = 5_000;

    @AutoClose
    private ScriptedUpstream upstream;

    @AutoClose
    private LocalProxy proxy;

    @BeforeAll
    void start() throws IOException {
        upstream = new ScriptedUpstream();
        proxy = LocalProxy.builder()
                .config("bedrock.endpoint = \"" + upstream.uri() + "\"")
                .config("clients.test { role = null, source = emulator }")
                .start();
    }

    /** How the upstream cuts a stream into chunks of HTTP. */
    private enum Chunking {
        WHOLE,
        BYTES,
        RANDOM
    }

    static Stream<Arguments> everyFileInEveryChunking() throws IOException {
        return StreamFile.all().stream()
                .flatMap(file -> Stream.of(Chunking.values())
                        .filter(chunking -> chunking != Chunking.BYTES || file.bytes().length < SMALL)
                        .map(chunking -> Arguments.of(file, chunking)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyFileInEveryChunking")
    void comesThroughOrShowsItsDamage(StreamFile file, Chunking chunking) throws IOException {
        upstream.script((socket, out, turn) -> send(out, file.bytes(), chunking));
        for (String version : List.of("1.1", "1.0")) {
            Received answer = Http1Client.post(proxy.address(), version, PATH, proxy.secret());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("application/vnd.amazon.eventstream");
            if (file.isDamaged()) {
                assertThat(showsDamage(answer))
                        .as("HTTP/%s shows that it is %s", version, file.outcome())
                        .isTrue();
            } else {
                assertThat(answer.isWhole())
                        .as("HTTP/%s, a regular end", version)
                        .isTrue();
                assertThat(answer.body()).as("HTTP/%s", version).isEqualTo(file.bytes());
            }
        }
    }

    /** Either the message has no regular end, or its last frame is an exception. */
    private static boolean showsDamage(Received answer) {
        if (!answer.isWhole()) {
            return true;
        }
        FrameScanner scanner = new FrameScanner();
        boolean valid = scanner.scan(ByteBuffer.wrap(answer.body())) instanceof ScanResult.Valid;
        return valid && scanner.end() == StreamEnd.EXCEPTION && scanner.atFrameBoundary();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyFileInEveryChunking")
    void isRewrittenAsServerSentEvents(StreamFile file, Chunking chunking) throws IOException {
        upstream.script((socket, out, turn) -> send(out, file.bytes(), chunking));
        Received answer = Http1Client.post(proxy.address(), "1.1", PATH, proxy.secret(), "Accept: text/event-stream");
        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.text()).isEqualTo(transcoded(file.bytes()));
        assertThat(answer.text().contains("event: exception"))
                .as("a client sees that it is %s", file.outcome())
                .isEqualTo(
                        !file.outcome().equals("complete") || file.name().matches("bad_(json_payload|base64)\\.bin"));
    }

    private static String transcoded(byte[] stream) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        SseTranscoder transcoder = new SseTranscoder();
        transcoder.accept(ByteBuffer.wrap(stream), events::writeBytes);
        transcoder.finish(events::writeBytes);
        return events.toString(StandardCharsets.UTF_8);
    }

    private static boolean send(OutputStream out, byte[] stream, Chunking chunking) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));
        Random random = new Random(SEED);
        for (int at = 0; at < stream.length; ) {
            int most = stream.length - at;
            int size = switch (chunking) {
                case WHOLE -> most;
                case BYTES -> 1;
                case RANDOM -> Math.min(most, 1 + random.nextInt(700));
            };
            message.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            message.write(stream, at, size);
            message.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += size;
            if (chunking == Chunking.RANDOM && random.nextInt(3) == 0) {
                out.write(message.toByteArray());
                out.flush();
                message.reset();
            }
        }
        message.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(message.toByteArray());
        out.flush();
        return true;
    }
}
