package io.bedrockproxy.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdminHandlerTest {
    private static final Readiness READY =
            new Readiness(true, false, List.of(), new Readiness.ConfigurationLine("current", Instant.EPOCH, ""));

    @Test
    void namesTheMethodsThatItTakes() {
        FullHttpResponse response = answerTo(HttpMethod.POST);
        assertThat(response.status().code()).isEqualTo(405);
        assertThat(response.headers().get("allow")).isEqualTo("GET, HEAD");
        response.release();
    }

    @Test
    void leavesOutTheBodyOfAnAnswerToHead() {
        FullHttpResponse response = answerTo(HttpMethod.HEAD);
        assertThat(response.status().code()).isEqualTo(200);
        assertThat(response.headers().get("content-length")).isEqualTo("6");
        assertThat(response.content().isReadable()).isFalse();
        response.release();
    }

    private static FullHttpResponse answerTo(HttpMethod method) {
        EmbeddedChannel channel = new EmbeddedChannel(new AdminHandler(() -> READY));
        channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/livez"));
        return Objects.requireNonNull(channel.readOutbound());
    }
}
