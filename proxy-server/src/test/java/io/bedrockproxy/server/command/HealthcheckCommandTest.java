package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthcheckCommandTest {
    private final MockWebServer admin = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        admin.start();
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void exitsWith0WhenReady() throws InterruptedException {
        admin.enqueue(status(200));
        assertThat(CommandRun.of(listen("127.0.0.1"), "healthcheck")).isEqualTo(new CommandRun(0, "", ""));
        assertThat(admin.takeRequest().getTarget()).isEqualTo("/readyz");
    }

    @Test
    void asksLoopbackWhenTheListenerIsOnEveryInterface() {
        admin.enqueue(status(200));
        assertThat(CommandRun.of(listen("0.0.0.0"), "healthcheck").exitCode()).isZero();
    }

    @Test
    void exitsWith1AndSaysWhyWhenNotReady() {
        admin.enqueue(status(503));
        CommandRun run = CommandRun.of(listen("127.0.0.1"), "healthcheck");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("http://127.0.0.1:" + admin.getPort() + "/readyz answers 503");
    }

    @Test
    void doesNotFollowARedirect() {
        admin.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "/other")
                .build());
        assertThat(CommandRun.of(listen("127.0.0.1"), "healthcheck").exitCode()).isEqualTo(1);
        assertThat(admin.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksTheUrlThatIsGiven() throws InterruptedException {
        admin.enqueue(status(200));
        String url = "http://127.0.0.1:" + admin.getPort() + "/livez";
        assertThat(CommandRun.of(Map.of(), "healthcheck", url).exitCode()).isZero();
        assertThat(admin.takeRequest().getTarget()).isEqualTo("/livez");
    }

    @Test
    void exitsWith1WhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of(Map.of(), "healthcheck", "http://127.0.0.1:" + port + "/readyz");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("does not answer");
    }

    @Test
    void cannotGuessAPort() {
        CommandRun run = CommandRun.of(Map.of("BEDROCK_PROXY_ADMIN_LISTEN", "127.0.0.1:0"), "healthcheck");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("bedrock-proxy.admin.port", "a fixed port, or the URL as an argument");
    }

    private static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private Map<String, String> listen(String host) {
        return Map.of("BEDROCK_PROXY_ADMIN_LISTEN", host + ":" + admin.getPort());
    }
}
