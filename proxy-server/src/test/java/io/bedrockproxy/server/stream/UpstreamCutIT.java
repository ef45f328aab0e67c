package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.ExceptionFrame;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upstream that breaks off or falls silent: the client sees it in every protocol, and as soon as it is known. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamCutIT {
    private static final String NATIVE = "application/vnd.amazon.eventstream";
    private static final byte[] STREAM = stream("converse_full.bin");
    private static final byte[] FIRST_FRAME = Arrays.copyOf(STREAM, 174);
    private static final byte[] INSIDE_FRAME = Arrays.copyOf(STREAM, 200);

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
                .config("timeouts { response-head = 500ms, stream-idle = 500ms }")
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void saysInAFrameThatTheStreamWasCutBetweenFrames(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(streamOf(FIRST_FRAME));
            return false;
        });

        Received received = protocol.call(proxy, NATIVE);

        assertThat(received.body()).isEqualTo(withException("The Bedrock endpoint broke off its answer."));
        assertThat(received.isWhole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void cutsAStreamThatWasCutInsideAFrame(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(streamOf(INSIDE_FRAME));
            return false;
        });

        Received received = protocol.call(proxy, NATIVE);

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.body()).isEqualTo(INSIDE_FRAME);
        assertThat(received.isWhole()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void saysInAnEventThatTheStreamWasCut(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(streamOf(INSIDE_FRAME));
            return false;
        });

        Received received = protocol.call(proxy, "text/event-stream");

        assertThat(received.text())
                .startsWith("event: messageStart\ndata: ")
                .endsWith("event: exception\ndata: {\"type\":\"modelStreamErrorException\","
                        + "\"message\":\"The Bedrock endpoint broke off its answer.\"}\n\n");
        assertThat(received.isWhole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void passesOnWhatCameTogetherWithTheCut(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(Responses.join(streamOf(INSIDE_FRAME), Responses.ascii("0\r\n\r\n")));
            return true;
        });

        Received received = protocol.call(proxy, NATIVE);

        assertThat(received.body()).isEqualTo(INSIDE_FRAME);
        assertThat(received.isWhole()).isFalse();
    }

    @Test
    void treatsAResetLikeAClose() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        upstream.script((socket, out, turn) -> {
            out.write(streamOf(FIRST_FRAME));
            await(arrived);
            socket.setSoLinger(true, 0);
            return false;
        });
        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(Protocol.HTTP_1_1.post(proxy, Protocol.STREAM_PATH, NATIVE, 2) + "{}");
            Http1Client.Head head = client.readHead();
            arrived.countDown();
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();

            assertThat(client.readBody(head, body)).isTrue();
            assertThat(body.toByteArray()).isEqualTo(withException("The Bedrock endpoint broke off its answer."));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutsAnAnswerThatIsShorterThanItSays(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(Responses.ascii(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"half\":"));
            return false;
        });

        Received received = protocol.call(proxy, "application/json");

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.text()).isEqualTo("{\"half\":");
        assertThat(received.isWhole()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void cutsAChunkedAnswerWithoutLastChunk(Protocol protocol) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(Responses.ascii(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
            return false;
        });

        Received received = protocol.call(proxy, "*/*");

        assertThat(received.text()).isEqualTo("half");
        assertThat(received.isWhole()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void endsAStreamThatFallsSilent(Protocol protocol) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        upstream.script((socket, out, turn) -> {
            out.write(streamOf(FIRST_FRAME));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            cancelled.countDown();
            return false;
        });

        Received received = protocol.call(proxy, NATIVE);

        assertThat(received.body()).isEqualTo(withException("Bedrock has sent nothing for too long."));
        assertThat(received.isWhole()).isTrue();
        await(cancelled);
    }

    @ParameterizedTest
    @EnumSource
    void answersForAnUpstreamThatNeverDoes(Protocol protocol) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        upstream.script((socket, out, turn) -> {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            cancelled.countDown();
            return false;
        });

        Received received = protocol.call(proxy, NATIVE);

        assertThat(received.status()).isEqualTo(504);
        assertThat(received.failure()).isEqualTo("upstream-timeout");
        assertThat(received.header("x-amzn-errortype")).isEqualTo("ModelTimeoutException");
        assertThat(received.isWhole()).isTrue();
        await(cancelled);
    }

    private static byte[] stream(String name) {
        try {
            return StreamFile.all().stream()
                    .filter(file -> file.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] streamOf(byte[] body) {
        return Responses.join(Responses.ascii(Responses.STREAM_HEAD), Responses.chunks(body, () -> Integer.MAX_VALUE));
    }

    private static byte[] withException(String message) {
        return Responses.join(FIRST_FRAME, ExceptionFrame.encode("modelStreamErrorException", message));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
