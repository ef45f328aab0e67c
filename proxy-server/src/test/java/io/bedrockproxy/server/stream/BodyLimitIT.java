package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that are too long, one by one and together: a whole answer, nothing upstream, and the next request works. */
@ExtendWith(LeakCheck.class)
class BodyLimitIT {
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final String JSON = "application/json";
    private static final int LIMIT_BYTES = 1024 * 1024;

    /** More than all socket buffers on the way: a proxy that stopped reading would make its sender wait for ever. */
    private static final int HUGE_BYTES = 64 * LIMIT_BYTES;

    @AutoClose
    private static final LocalProxy PROXY = LocalProxy.builder()
            .config("limits { request-body = 1MiB, buffered-bodies = 1MiB }")
            .start();

    @BeforeEach
    void forgetRequests() {
        PROXY.emulator().recorder().clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_0", "HTTP_1_1"})
    void refusesADeclaredLengthWithoutWaitingForTheBody(Protocol protocol) throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(protocol.post(PROXY, INVOKE, JSON, LIMIT_BYTES + 1));

            assertTooLarge(client.receive());
        }
        assertNextCallWorks(protocol);
    }

    @Test
    void refusesADeclaredLengthInsteadOfAskingForTheBody() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1
                    .post(PROXY, INVOKE, JSON, LIMIT_BYTES + 1)
                    .replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n"));

            assertThat(client.readHead().status()).isEqualTo(413);
        }
    }

    @Test
    void answersAClientThatSendsItsWholeBodyFirst() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, HUGE_BYTES));
            client.send(new byte[HUGE_BYTES]);

            assertTooLarge(client.receive());
        }
        assertNextCallWorks(Protocol.HTTP_1_1);
    }

    @Test
    void refusesChunksWhenTheyPassTheLimit() throws IOException {
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1
                    .post(PROXY, INVOKE, JSON, 0)
                    .replace("content-length: 0", "transfer-encoding: chunked"));
            client.send(Responses.chunks(new byte[LIMIT_BYTES + 1], () -> 4096));

            assertTooLarge(client.receive());
        }
        assertNextCallWorks(Protocol.HTTP_1_1);
    }

    @Test
    void takesTheLongestBodyThatIsAllowed() throws IOException {
        byte[] body = new byte[LIMIT_BYTES];
        try (Http1Client client = new Http1Client(PROXY.address())) {
            client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, LIMIT_BYTES));
            client.send(body);

            // The emulator's, as this is no JSON.
            Received received = client.receive();
            assertThat(received.status()).isEqualTo(400);
            assertThat(received.failure()).isEmpty();
        }
        assertThat(PROXY.emulator().recorder().last().bodyLength()).isEqualTo(LIMIT_BYTES);
    }

    @Test
    void refusesADeclaredLengthInFrames() throws IOException {
        Map<String, String> fields = new HashMap<>(authorization());
        fields.put("content-length", String.valueOf(LIMIT_BYTES + 1));
        try (Http2Client client = new Http2Client(PROXY.address())) {
            assertTooLarge(client.newCall().head("POST", INVOKE, fields, false).receive());
            assertThat(call(client).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesFramesWhenTheyPassTheLimit() throws IOException {
        try (Http2Client client = new Http2Client(PROXY.address())) {
            Http2Call call = client.newCall().head("POST", INVOKE, authorization(), false);
            call.data(new byte[LIMIT_BYTES + 1], LIMIT_BYTES + 1, false);

            assertTooLarge(call.receive());
            await().until(call::resetCode, code -> code != null && code == 0);
            assertThat(call(client).status()).isEqualTo(200);
        }
    }

    @Test
    void holdsNoMoreBodiesThanItMay() throws IOException {
        try (Http1Client first = new Http1Client(PROXY.address());
                Http1Client second = new Http1Client(PROXY.address())) {
            first.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, LIMIT_BYTES));
            first.send(new byte[LIMIT_BYTES / 2]);
            // Both connections may be served by different threads.
            await().until(() -> call(second).status() == 503);
            Received refused = call(second);

            assertThat(refused.failure()).isEqualTo("overloaded");
            assertThat(refused.header("retry-after")).isNotEmpty();
            first.reset();
            await().until(() -> call(second).status() == 200);
        }
    }

    private static void assertTooLarge(Received received) {
        assertThat(received.status()).isEqualTo(413);
        assertThat(received.failure()).isEqualTo("body-too-large");
        assertThat(received.header("x-amzn-errortype")).isEqualTo("ValidationException");
        assertThat(received.text()).startsWith("{\"message\":");
        assertThat(received.isWhole()).isTrue();
        assertThat(PROXY.emulator().recorder().requestCount()).isZero();
    }

    private static void assertNextCallWorks(Protocol protocol) throws IOException {
        assertThat(protocol.call(PROXY, INVOKE, JSON).status()).isEqualTo(200);
    }

    private static Received call(Http1Client client) throws IOException {
        client.send(Protocol.HTTP_1_1.post(PROXY, INVOKE, JSON, 2) + "{}");
        return client.receive();
    }

    private static Received call(Http2Client client) throws IOException {
        Http2Call call = client.newCall().head("POST", INVOKE, authorization(), false);
        call.data(new byte[] {'{', '}'}, 2, true);
        return call.receive();
    }

    private static Map<String, String> authorization() {
        return Map.of("authorization", "Bearer " + PROXY.secret());
    }
}
