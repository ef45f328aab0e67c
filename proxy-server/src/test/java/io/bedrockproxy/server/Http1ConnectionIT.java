package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one HTTP/1 connection lives through: several requests, halves of requests, and clients that go. */
@ExtendWith(LeakCheck.class)
class Http1ConnectionIT {
    private static final String MODEL = "amazon.nova-lite-v1:0";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

    @AutoClose
    private final LocalProxy proxy =
            LocalProxy.builder().config("timeouts.body-idle = 1s").start();

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send(converse(MODEL, BODY) + get("/nowhere") + converse(MODEL, BODY));

            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
            assertThat(client.response()).startsWith("HTTP/1.1 404 ");
            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void malformedRequestWaitsForTheAnswerBeforeIt() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send(converse("emulator.delay-300", BODY) + "GET / HTTP/1.1\r\n\r\n");

            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void bodyOfAPipelinedRequestHasADeadline() throws IOException {
        String half = converse(MODEL, BODY);
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send(converse("emulator.delay-300", BODY) + half.substring(0, half.length() - 5));

            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
            assertThat(client.response()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void nothingOfAClientThatIsGoneKeepsTheProxyFromStopping() throws Exception {
        RawHttp1 resetting = new RawHttp1(proxy.address());
        RawHttp1 closing = new RawHttp1(proxy.address());
        String twoRequests = converse("emulator.delay-60000", BODY) + converse(MODEL, BODY);
        resetting.send(twoRequests);
        closing.send(twoRequests);
        try (RawHttp1 other = new RawHttp1(proxy.address())) {
            other.send(converse("emulator.delay-300", BODY));
            assertThat(other.response()).startsWith("HTTP/1.1 200 ");
        }
        resetting.reset();
        closing.close();

        assertThat(proxy.server().drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(3));
    }

    @Test
    void answerToHeadHasNoBody() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send(get("/model/x/converse").replace("GET", "HEAD"));
            assertThat(client.head()).startsWith("HTTP/1.1 405 ");

            client.send(converse(MODEL, BODY));
            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void refusalOfARequestWhoseBodyMayNeverComeEndsTheConnection() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send(
                    "POST /model/x/converse HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.response()).startsWith("HTTP/1.1 401 ").contains("connection: close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void http10ClientThatAsksIsToldThatTheConnectionStaysOpen() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            String request = converse(MODEL, BODY).replace("HTTP/1.1\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n");

            assertThat(client.send(request).response()).contains("connection: keep-alive");
            assertThat(client.send(request).response()).contains("connection: keep-alive");
        }
    }

    private String converse(String model, String body) {
        return "POST /model/" + model + "/converse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + proxy.secret() + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + proxy.secret() + "\r\n\r\n";
    }
}
