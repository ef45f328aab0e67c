package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take too long, and more of them than there is room for. */
@ExtendWith(LeakCheck.class)
class DeadlineIT {
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final String JSON = "application/json";

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.builder()
            .config("timeouts { head = 400ms, body-idle = 400ms, body = 800ms, keep-alive = 400ms }")
            .start();

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nhost: x", "POST /model/x/invoke HT"})
    void endsAHeadThatDoesNotEnd(String beginning) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(beginning);

            assertTooSlow(client);
        }
    }

    @Test
    void isNotImpressedByAByteNowAndThen() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send("GET / HTTP/1.1\r\n");
            // Far more than the deadline allows, at a pace that is never idle; the proxy's close ends it.
            int sent = sendUntilClosed(client, "x: y\r\n");

            assertThat(sent).isGreaterThan(1);
        }
    }

    @Test
    void endsABodyThatDoesNotComeOn() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, 100) + "{");

            assertTooSlow(client);
        }
    }

    @Test
    void endsABodyThatComesOnForEver() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, 1_000_000));

            assertThat(sendUntilClosed(client, " ")).isLessThan(1_000_000);
        }
    }

    @Test
    void endsABodyInFramesThatDoesNotComeOn() throws IOException {
        try (Http2Client client = new Http2Client(PROXY.address())) {
            Http2Call call =
                    client.newCall().head("POST", INVOKE, Map.of("authorization", "Bearer " + PROXY.secret()), false);

            Received received = call.receive();
            assertThat(received.status()).isEqualTo(408);
            assertThat(received.failure()).isEqualTo("slow-request");
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void closesASilentConnection() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatIsNotUsedAgain() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, 2) + "{}");
            assertThat(client.receive().status()).isEqualTo(200);

            assertThat(client.awaitClose()).as("without another word").isTrue();
        }
    }

    @Test
    void closesAConnectionThatIsNotUsedAgainBehindAnUnwantedBody() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, "/nowhere", JSON, 10_000));
            assertThat(client.receive().status()).isEqualTo(404);
            client.send(new byte[10_000]);

            assertThat(client.awaitClose()).as("without another word").isTrue();
        }
    }

    @Test
    void closesAnHttp2ConnectionThatIsNotUsedAgain() throws IOException {
        try (Http2Client client = new Http2Client(PROXY.address())) {
            await().until(() -> !client.isOpen());
            assertThat(client.hasGoAway()).isTrue();
        }
    }

    @Test
    void hasPatienceWithModels() throws IOException {
        Received received = Protocol.HTTP_1_1.call(PROXY, "/model/emulator.delay-1500/invoke", JSON);

        assertThat(received.status()).isEqualTo(200);
    }

    @Test
    void closesConnectionsAboveTheLimit() throws IOException {
        try (LocalProxy proxy =
                        LocalProxy.builder().config("limits.connections = 2").start();
                Http1Client first = new Http1Client(proxy.address());
                Http1Client second = new Http1Client(proxy.address())) {
            assertThat(statusOf(first, proxy)).isEqualTo(200);
            assertThat(statusOf(second, proxy)).isEqualTo(200);
            try (Http1Client third = new Http1Client(proxy.address())) {
                assertThat(third.awaitClose()).isTrue();
            }
            assertThat(statusOf(first, proxy)).isEqualTo(200);
            second.close();
            await().ignoreExceptions().until(() -> {
                try (Http1Client third = new Http1Client(proxy.address())) {
                    return statusOf(third, proxy) == 200;
                }
            });
        }
    }

    private static int statusOf(Http1Client client, LocalProxy proxy) throws IOException {
        client.send(Protocol.HTTP_1_1.post(proxy, INVOKE, JSON, 2) + "{}");
        return client.receive().status();
    }

    private static void assertTooSlow(Http1Client client) throws IOException {
        Received received = client.receive();
        assertThat(received.status()).isEqualTo(408);
        assertThat(received.failure()).isEqualTo("slow-request");
        assertThat(received.header("x-amzn-errortype")).isEqualTo("RequestTimeoutException");
        assertThat(received.header("connection")).isEqualTo("close");
        assertThat(client.awaitClose()).isTrue();
    }

    /** Sends a piece each 20 ms until the proxy answers; how many it were. */
    private static int sendUntilClosed(Http1Client client, String piece) throws IOException {
        int sent = 0;
        while (!client.hasInput(20)) {
            client.send(piece);
            sent++;
        }
        assertTooSlow(client);
        return sent;
    }
}
