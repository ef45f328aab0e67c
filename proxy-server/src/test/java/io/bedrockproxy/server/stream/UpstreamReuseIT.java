package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which upstream connections are used again, and what happens when that was a mistake. */
@ExtendWith(LeakCheck.class)
class UpstreamReuseIT {
    private static final String JSON = "application/json";
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final byte[] OK = Responses.json("{}");

    @AutoClose
    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .config("bedrock.endpoint = \"" + upstream.uri() + "\"")
            .config("clients.test { role = null, source = emulator }")
            .start();

    UpstreamReuseIT() throws IOException {}

    @Test
    void usesAConnectionAgainAfterAWholeAnswer() throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(OK);
            return true;
        });

        assertThat(calls(3)).containsExactly(200, 200, 200);
        assertThat(upstream.connectionCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsOnceMoreWhenAPooledConnectionTurnsOutToBeDead(boolean byReset) throws IOException {
        upstream.script((socket, out, turn) -> {
            if (upstream.requestCount() == 2) {
                return end(socket, byReset);
            }
            out.write(OK);
            return true;
        });

        assertThat(calls(2)).containsExactly(200, 200);
        assertThat(upstream.requestCount()).isEqualTo(3);
        assertThat(upstream.connectionCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsOnceMoreOnlyOnce(boolean byReset) throws IOException {
        upstream.script((socket, out, turn) -> {
            if (upstream.requestCount() >= 2) {
                return end(socket, byReset);
            }
            out.write(OK);
            return true;
        });

        assertThat(calls(2)).containsExactly(200, 502);
        assertThat(upstream.requestCount()).isEqualTo(3);
    }

    @Test
    void sendsNothingAgainWhenAByteOfTheAnswerHasCome() throws IOException {
        upstream.script((socket, out, turn) -> {
            boolean isSecond = upstream.requestCount() == 2;
            out.write(isSecond ? Responses.ascii("H") : OK);
            return !isSecond;
        });

        assertThat(calls(2)).containsExactly(200, 502);
        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsNothingAgainOnAFreshConnection(boolean byReset) throws IOException {
        upstream.script((socket, out, turn) -> end(socket, byReset));

        Received received = Protocol.HTTP_1_1.call(proxy, JSON);

        assertThat(received.status()).isEqualTo(502);
        assertThat(received.failure()).isEqualTo("upstream-broken");
        assertThat(upstream.requestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X", "\r\n\r\nX", "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}", "HTTP/1.1 200 OK\r\nx"
            })
    void neverUsesAConnectionWithBytesBehindTheAnswer(String leftover) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(Responses.join(OK, Responses.ascii(leftover)));
            return true;
        });

        assertThat(calls(3)).containsExactly(200, 200, 200);
        assertThat(upstream.connectionCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n"})
    void closesAConnectionThatSpeaksUnasked(String unasked) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        upstream.script((socket, out, turn) -> {
            out.write(OK);
            await(answered);
            out.write(Responses.ascii(unasked));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            closed.countDown();
            return false;
        });

        assertThat(Protocol.HTTP_1_1.call(proxy, INVOKE, JSON).status()).isEqualTo(200);
        answered.countDown();
        await(closed);
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
        assertThat(calls(1)).containsExactly(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n\r\n{}"
            })
    void believesAnUpstreamThatCloses(String response) throws IOException {
        upstream.script((socket, out, turn) -> {
            out.write(Responses.ascii(response));
            return false;
        });

        for (Protocol protocol : Protocol.values()) {
            Received received = protocol.call(proxy, INVOKE, JSON);
            assertThat(received.text()).isEqualTo("{}");
            assertThat(received.isWhole()).isTrue();
        }
        assertThat(upstream.connectionCount()).isEqualTo(3);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (LocalProxy other = LocalProxy.builder()
                .config("bedrock.endpoint = \"http://127.0.0.1:" + port + "\"")
                .start()) {
            for (Protocol protocol : Protocol.values()) {
                Received received = protocol.call(other, INVOKE, JSON);
                assertThat(received.status()).isEqualTo(502);
                assertThat(received.failure()).isEqualTo("upstream-unreachable");
            }
        }
    }

    /** So many calls on one connection, and so on one event loop with one pool; their statuses. */
    private int[] calls(int count) throws IOException {
        int[] statuses = new int[count];
        try (Http1Client client = new Http1Client(proxy.address())) {
            for (int i = 0; i < count; i++) {
                client.send(Protocol.HTTP_1_1.post(proxy, INVOKE, JSON, 2) + "{}");
                statuses[i] = client.receive().status();
            }
        }
        return statuses;
    }

    private static boolean end(Socket socket, boolean byReset) throws IOException {
        if (byReset) {
            socket.setSoLinger(true, 0);
        }
        return false;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
