package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of {@link UpstreamScenarios}: the client sees what happened, the request is paid for once, the connection is
 * never used again, and the next request gets its own answer.
 */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamScenariosIT {
    private static final String STREAM = "application/vnd.amazon.eventstream";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger calls = new AtomicInteger();

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
                .config("timeouts { response-head = 700ms, stream-idle = 700ms }")
                .start();
    }

    static Stream<UpstreamScenario> scenarios() throws IOException {
        return UpstreamScenarios.all();
    }

    /** Before a request: also a connection that is closed or reset as soon as it is accepted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closedAsSoonAsItIsAccepted(boolean byReset) throws IOException {
        int before = upstream.connectionCount();
        upstream.opening(TestAuthority.leavingAtOnce(byReset));
        Received received = Protocol.HTTP_1_1.call(proxy, STREAM);
        assertThat(received.status()).isEqualTo(502);
        // Whether the end comes before or after the proxy has taken notice of its beginning is a matter of luck.
        assertThat(received.failure()).isIn("upstream-unreachable", "upstream-broken");
        assertThat(upstream.connectionCount() - before).as("tried once").isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void overHttp1(UpstreamScenario scenario) throws IOException {
        int before = play(scenario);
        scenario.expected().check(Protocol.HTTP_1_1.call(proxy, STREAM));
        assertThat(upstream.requestCount() - before).as("paid for once").isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void overHttp2(UpstreamScenario scenario) throws IOException {
        int before = play(scenario);
        scenario.expected().check(Protocol.HTTP_2.call(proxy, STREAM));
        assertThat(upstream.requestCount() - before).as("paid for once").isEqualTo(1);
    }

    /** The fault meets a connection that has served before; only when it died without a byte is the request sent again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void onAPooledConnection(UpstreamScenario scenario) throws IOException {
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        try (Http1Client client = new Http1Client(proxy.address())) {
            String request = Protocol.HTTP_1_1.post(proxy, Protocol.STREAM_PATH, STREAM, 2) + "{}";
            client.send(request);
            assertThat(client.receive().status()).isEqualTo(200);
            int connections = upstream.connectionCount();
            int before = play(scenario);
            client.send(request);
            scenario.expected().check(client.receive());
            int again = scenario.isRepeatable() ? 1 : 0;
            assertThat(upstream.requestCount() - before).as("paid for once").isBetween(1, 1 + again);
            assertThat(upstream.connectionCount() - connections)
                    .as("new connections")
                    .isBetween(0, again);
        }
    }

    /** What the upstream has been asked so far. */
    private int play(UpstreamScenario scenario) {
        upstream.script((socket, out, turn) -> scenario.play(socket, out));
        return upstream.requestCount();
    }

    /** Whatever happened: the connection is closed, and a clean request gets its own answer on another one. */
    @AfterEach
    void answersTheNextRequest() throws IOException {
        upstream.opening(accepted -> accepted);
        try {
            await("the faulty connection is closed").atMost(PATIENCE).until(() -> upstream.openCount() == 0);
            assertThat(upstream.misuse()).isNull();
        } finally {
            upstream.disconnect();
        }
        String own = "{\"call\":" + calls.incrementAndGet() + "}";
        upstream.script(ScriptedUpstream.Script.reply(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + own.length() + "\r\n\r\n" + own));
        Received next = Protocol.HTTP_1_1.call(proxy, STREAM);
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.text()).isEqualTo(own);
    }
}
