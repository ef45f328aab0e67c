package io.bedrockproxy.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminHandlerTest {
    private static final Readiness READY =
            new Readiness(true, false, List.of(), new Readiness.ConfigurationLine("current", Instant.EPOCH, ""));

    private final AtomicInteger quits = new AtomicInteger();
    private boolean isQuitOn;

    @Test
    void namesTheMethodsThatItTakes() {
        FullHttpResponse response = answerTo("10.0.0.9", request(HttpMethod.POST, "/livez"));
        assertThat(response.status().code()).isEqualTo(405);
        assertThat(response.headers().get("allow")).isEqualTo("GET, HEAD");
        response.release();
    }

    @Test
    void leavesOutTheBodyOfAnAnswerToHead() {
        FullHttpResponse response = answerTo("10.0.0.9", request(HttpMethod.HEAD, "/livez"));
        assertThat(response.status().code()).isEqualTo(200);
        assertThat(response.headers().get("content-length")).isEqualTo("6");
        assertThat(response.content().isReadable()).isFalse();
        response.release();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.8.7", "::1"})
    void quitsOnceTheAnswerIsWritten(String peer) {
        isQuitOn = true;
        assertThat(statusOf(peer, request(HttpMethod.POST, "/quit"))).isEqualTo(200);
        assertThat(quits).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.9", "169.254.1.1", "fe80::1", "2001:db8::1"})
    void hidesQuitFromPeersBeyondLoopback(String peer) {
        isQuitOn = true;
        assertThat(statusOf(peer, request(HttpMethod.POST, "/quit")))
                .as("as any unknown path")
                .isEqualTo(statusOf(peer, request(HttpMethod.POST, "/unknown")));
        assertThat(statusOf(peer, request(HttpMethod.GET, "/quit"))).isEqualTo(404);
        assertThat(quits).hasValue(0);
    }

    @Test
    void hidesQuitFromAPeerWithoutAnAddress() {
        isQuitOn = true;
        EmbeddedChannel channel = new EmbeddedChannel(handler());
        channel.writeInbound(request(HttpMethod.POST, "/quit"));
        FullHttpResponse response = Objects.requireNonNull(channel.readOutbound());
        response.release();
        assertThat(response.status().code()).isEqualTo(405);
        assertThat(quits).hasValue(0);
    }

    @Test
    void doesNotQuitUnlessThatIsSwitchedOn() {
        assertThat(statusOf("127.0.0.1", request(HttpMethod.POST, "/quit"))).isEqualTo(405);
        assertThat(statusOf("127.0.0.1", request(HttpMethod.GET, "/quit"))).isEqualTo(404);
        assertThat(quits).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void quitsByPostOnly(String method) {
        isQuitOn = true;
        FullHttpResponse response = answerTo("127.0.0.1", request(HttpMethod.valueOf(method), "/quit"));
        assertThat(response.status().code()).isEqualTo(405);
        assertThat(response.headers().get("allow")).isEqualTo("POST");
        response.release();
        assertThat(quits).hasValue(0);
    }

    @Test
    void doesNotQuitForAWebPage() {
        isQuitOn = true;
        FullHttpRequest request = request(HttpMethod.POST, "/quit");
        request.headers().set("Origin", "null");
        assertThat(statusOf("127.0.0.1", request)).isEqualTo(403);
        assertThat(quits).hasValue(0);
    }

    private int statusOf(String peer, FullHttpRequest request) {
        FullHttpResponse response = answerTo(peer, request);
        response.release();
        return response.status().code();
    }

    private FullHttpResponse answerTo(String peer, FullHttpRequest request) {
        PeerChannel channel = new PeerChannel(new InetSocketAddress(peer, 40_000));
        channel.pipeline().addLast(handler());
        channel.writeInbound(request);
        assertThat(channel.isOpen()).as("one request per connection").isFalse();
        return Objects.requireNonNull(channel.readOutbound());
    }

    private AdminHandler handler() {
        return new AdminHandler(() -> READY, new QuitSwitch(() -> isQuitOn, quits::incrementAndGet));
    }

    private static FullHttpRequest request(HttpMethod method, String path) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path);
    }

    /** A channel whose other side has an address. */
    private static final class PeerChannel extends EmbeddedChannel {
        private final @Nullable SocketAddress peer;

        PeerChannel(SocketAddress peer) {
            this.peer = peer;
        }

        @Override
        protected @Nullable SocketAddress remoteAddress0() {
            return peer;
        }
    }
}
