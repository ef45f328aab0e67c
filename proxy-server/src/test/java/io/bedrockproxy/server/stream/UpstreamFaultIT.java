package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an upstream can do wrong: the client is told, nothing is paid for twice, and the next request gets its answer. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFaultIT {
    private static final String PATH = "/model/amazon.nova-lite-v1:0/converse";
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @AutoClose
    private ScriptedUpstream upstream;

    @AutoClose
    private LocalProxy proxy;

    @BeforeAll
    void start() throws IOException {
        upstream = new ScriptedUpstream();
        proxy = startProxy();
    }

    private LocalProxy startProxy() {
        return LocalProxy.builder()
                .config("bedrock.endpoint = \"" + upstream.uri() + "\"")
                .config("clients.test { role = null, source = emulator }")
                .config("timeouts { response-head = 700ms, stream-idle = 700ms }")
                .start();
    }

    /** Whatever happened: a clean request gets its own answer. */
    @AfterEach
    void answersTheNextRequest() throws IOException {
        upstream.script(ScriptedUpstream.Script.reply(GOOD));
        Received next = post();
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text()).isEqualTo("{}");
    }

    private Received post() throws IOException {
        return Http1Client.post(proxy.address(), "1.1", PATH, proxy.secret());
    }

    static Stream<Arguments> malformedHeads() {
        return Stream.of(
                Arguments.of("garbage", "<html>no</html>\r\n\r\n"),
                Arguments.of(
                        "both framings", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Arguments.of("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
                Arguments.of("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
                Arguments.of("101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                Arguments.of("endless 100s", "HTTP/1.1 100 Continue\r\n\r\n".repeat(50)),
                Arguments.of("head of 100 KB", "HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000) + "\r\n\r\n"),
                Arguments.of("control in a header", "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeads")
    void aMalformedHeadIsUpstreamBroken(String name, String bytes) throws IOException {
        int before = upstream.requestCount();
        upstream.script(ScriptedUpstream.Script.reply(bytes));
        Received answer = post();
        assertThat(answer.status()).as(name).isEqualTo(502);
        assertThat(answer.header("x-bedrock-proxy-failure")).isEqualTo("upstream-broken");
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("ServiceUnavailableException");
        assertThat(upstream.requestCount() - before).as("sent once").isEqualTo(1);
    }

    @Test
    void anAnswerThatIsTooShortIsNotWhole() throws IOException {
        upstream.script(closing("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        Received answer = post();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isWhole()).isFalse();
    }

    @Test
    void chunksWithoutAnEndAreNotWhole() throws IOException {
        upstream.script(closing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
        Received answer = post();
        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.isWhole()).isFalse();
    }

    @Test
    void aResetInTheMiddleIsNotWhole() throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return reset(socket);
        });
        assertThat(post().isWhole()).isFalse();
    }

    @Test
    void bytesBehindAResponseEndTheConnection() throws IOException {
        upstream.script(ScriptedUpstream.Script.reply(GOOD + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"));
        assertThat(post().text()).isEqualTo("{}");
        upstream.script(ScriptedUpstream.Script.reply(GOOD + "HTTP/1.1 20"));
        assertThat(post().text()).isEqualTo("{}");
    }

    @Test
    void silenceBeforeTheHeadIsUpstreamTimeout() throws IOException {
        upstream.script((socket, out, turn) -> true);
        Received answer = post();
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.header("x-bedrock-proxy-failure")).isEqualTo("upstream-timeout");
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("ModelTimeoutException");
    }

    @Test
    void silenceInTheMiddleEndsTheAnswerVisibly() throws IOException {
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        Received answer = post();
        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.isWhole()).isFalse();
    }

    @Test
    void aFreshConnectionThatDiesIsNotTriedAgain() throws IOException {
        upstream.script((socket, out, turn) -> false);
        try (LocalProxy fresh = startProxy()) {
            int before = upstream.requestCount();
            Received answer = Http1Client.post(fresh.address(), "1.1", PATH, fresh.secret());
            assertThat(answer.status()).isEqualTo(502);
            assertThat(upstream.requestCount() - before).isEqualTo(1);
        }
    }

    @Test
    void aStaleConnectionIsReplacedOnce() throws IOException {
        upstream.script(ScriptedUpstream.Script.reply(GOOD));
        post();
        int requests = upstream.requestCount();
        int connections = upstream.connectionCount();
        upstream.script((socket, out, turn) -> {
            if (turn > 1) {
                return false;
            }
            return ScriptedUpstream.Script.reply(GOOD).answer(socket, out, turn);
        });
        assertThat(post().text()).isEqualTo("{}");
        assertThat(upstream.requestCount() - requests)
                .as("the stale one and the fresh one")
                .isBetween(1, 2);
        assertThat(upstream.connectionCount() - connections).isEqualTo(1);
    }

    @Test
    void anEarlyAnswerIsRelayedAndItsConnectionDropped() throws IOException {
        upstream.script(closing("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}"));
        assertThat(post().status()).isEqualTo(413);
    }

    @Test
    void anAnswerEndedByCloseIsWhole() throws IOException {
        upstream.script(closing("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}"));
        Received answer = post();
        assertThat(answer.text()).isEqualTo("{\"a\":1}");
        assertThat(answer.isWhole()).isTrue();
    }

    @Test
    void interimAndHopByHopPartsStayUpstream() throws IOException {
        upstream.script(
                ScriptedUpstream.Script.reply("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: x-gone\r\n"
                        + "X-Gone: 1\r\nKeep-Alive: 5\r\nx-amzn-RequestId: abc\r\nContent-Length: 2\r\n\r\n{}"));
        Received answer = post();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-gone") + answer.header("keep-alive")).isEmpty();
        assertThat(answer.header("x-amzn-requestid")).isEqualTo("abc");
    }

    private static ScriptedUpstream.Script closing(String bytes) {
        return (socket, out, turn) -> {
            ScriptedUpstream.Script.reply(bytes).answer(socket, out, turn);
            return false;
        };
    }

    private static boolean reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
    }
}
