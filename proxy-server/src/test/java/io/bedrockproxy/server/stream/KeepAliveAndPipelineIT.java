package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests on one HTTP/1 connection, whatever became of the one before. */
@ExtendWith(LeakCheck.class)
class KeepAliveAndPipelineIT {
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final String DELAYED = "/model/emulator.delay-100/invoke";
    private static final String STREAM = "/model/emulator.pace-5-5-100/invoke-with-response-stream";
    private static final String JSON = "application/json";

    /** More than all socket buffers on the way: who does not read makes the sender wait for ever. */
    private static final int HUGE_BYTES = 64 * 1024 * 1024;

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.start();

    @BeforeEach
    void forgetRequests() {
        PROXY.emulator().recorder().clear();
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(post(DELAYED) + "{}" + post(STREAM) + "{}" + post("/nowhere") + "{}" + post(INVOKE) + "{}");

            assertThat(client.receive().header("content-type")).isEqualTo("application/json");
            Received stream = client.receive();
            assertThat(stream.header("content-type")).isEqualTo("application/vnd.amazon.eventstream");
            assertThat(stream.isWhole()).isTrue();
            assertThat(client.receive().failure()).isEqualTo("unknown-path");
            assertThat(client.receive().status()).isEqualTo(200);
        }
        assertThat(PROXY.emulator().recorder().requestCount()).isEqualTo(3);
    }

    @Test
    void answersAThousandPipelinedRequests() throws IOException {
        // Not with a wrong secret: a thousand of those are too many failures.
        String refused = post("/nothing/here") + "{}";
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(refused.repeat(1000));

            for (int i = 0; i < 1000; i++) {
                assertThat(client.receive().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void asksNothingForAClientThatLeftItsPipelineBehind() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address());
                Http1Client next = new Http1Client(PROXY.address())) {
            client.send(post("/model/emulator.delay-9000/invoke") + "{}" + post(INVOKE) + "{}");
            org.awaitility.Awaitility.await()
                    .until(() -> PROXY.emulator().recorder().openAnswers() == 1);
            client.reset();
            org.awaitility.Awaitility.await()
                    .until(() -> PROXY.emulator().recorder().cancelledCount() == 1);

            next.send(post(INVOKE) + "{}");
            assertThat(next.receive().status()).isEqualTo(200);
        }
        assertThat(PROXY.emulator().recorder().requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 60_000})
    void keepsAConnectionBehindAReplyThatDidNotWaitForALittleBody(int length) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(wrongSecret(length));
            Received refused = client.receive();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("connection")).isEmpty();

            client.send(new byte[length]);
            client.send(post(INVOKE) + "{}");
            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void getsAReplyThroughToAClientThatGoesOnSending(boolean chunked) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(
                    chunked
                            ? wrongSecret(0).replace("content-length: 0", "transfer-encoding: chunked")
                            : wrongSecret(HUGE_BYTES));
            byte[] body = new byte[HUGE_BYTES];
            client.send(chunked ? Responses.chunks(body, () -> 65_000) : body);

            client.send(chunked ? "0\r\n\r\n" : "");
            assertThat(client.receive().status()).isEqualTo(401);

            client.send(post(INVOKE) + "{}");
            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void asksForABodyOnlyAfterAuthentication() throws IOException {
        String expect = "\r\nexpect: 100-continue\r\n\r\n";
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(post(INVOKE).replace("\r\n\r\n", expect));
            assertThat(client.readHead().status()).isEqualTo(100);
            client.send("{}");
            assertThat(client.receive().status()).isEqualTo(200);

            client.send(wrongSecret(2).replace("\r\n\r\n", expect));
            assertThat(client.readHead().status()).isEqualTo(401);
        }
    }

    @Test
    void doesNotLetHttp10Wait() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_0
                    .post(PROXY, INVOKE, JSON, 2)
                    .replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n"));
            client.send("{}");

            assertThat(client.readHead().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_0", "HTTP_1_1"})
    void closesWhenTheClientWantsIt(Protocol protocol) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            String head = protocol.post(PROXY, INVOKE, JSON, 2);
            client.send(
                    (protocol == Protocol.HTTP_1_0 ? head : head.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"))
                            + "{}");

            Received received = client.receive();
            assertThat(received.status()).isEqualTo(200);
            assertThat(received.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void endsAHttp10StreamByClosing() throws IOException {
        Received received = Protocol.HTTP_1_0.call(PROXY, STREAM, "text/event-stream");

        assertThat(received.header("transfer-encoding")).isEmpty();
        assertThat(received.header("connection")).isEqualTo("close");
        assertThat(received.isWhole()).isTrue();
        assertThat(received.text()).contains("event: chunk").doesNotContain("event: exception");
    }

    private static String post(String path) {
        return Protocol.HTTP_1_1.post(PROXY, path, JSON, 2);
    }

    private static String wrongSecret(int length) {
        return Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, length).replace(PROXY.secret(), "x".repeat(43));
    }
}
