package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the client is told what an upstream did wrong; what it can do wrong is in {@link UpstreamScenarios}. */
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

    @Test
    void aMalformedHeadIsUpstreamBroken() throws IOException {
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"));
        Received answer = post();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("x-bedrock-proxy-failure")).isEqualTo("upstream-broken");
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("ServiceUnavailableException");
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
    void interimAndHopByHopPartsStayUpstream() throws IOException {
        upstream.script(
                ScriptedUpstream.Script.reply("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: x-gone\r\n"
                        + "X-Gone: 1\r\nKeep-Alive: 5\r\nx-amzn-RequestId: abc\r\nContent-Length: 2\r\n\r\n{}"));
        Received answer = post();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-gone") + answer.header("keep-alive")).isEmpty();
        assertThat(answer.header("x-amzn-requestid")).isEqualTo("abc");
    }
}
