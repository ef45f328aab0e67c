package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class HeadDeadlineTest {
    private static final Duration HEAD = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

    private final EmbeddedChannel channel;

    HeadDeadlineTest() {
        HeadDeadline deadline = new HeadDeadline(HEAD, KEEP_ALIVE, InstantSource.fixed(Instant.EPOCH));
        channel = new EmbeddedChannel(
                deadline.beforeCodec(),
                new StrictRequestDecoder(1024),
                new HttpResponseEncoder(),
                deadline.behindCodec());
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void closesAConnectionThatSaysNothing() {
        pass(14);
        assertThat(channel.isActive()).isTrue();
        pass(2);

        assertThat(channel.isActive()).isFalse();
        assertThat(sent()).isEmpty();
    }

    @Test
    void countsFromTheFirstByteOfAHead() {
        pass(10);
        receive("G");
        pass(14);
        assertThat(sent()).isEmpty();
        pass(2);

        assertThat(sent())
                .startsWith("HTTP/1.1 408 ")
                .contains("connection: close")
                .contains("slow-request");
        pass(3);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void isNotResetByFurtherBytes() {
        receive("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 14; i++) {
            pass(1);
            receive("x: " + i + "\r\n");
        }
        assertThat(sent()).isEmpty();
        pass(1);

        assertThat(sent()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void doesNotCountWhileARequestIsAnswered() {
        receive(REQUEST);
        pass(3600);

        assertThat(channel.isActive()).isTrue();
        assertThat(sent()).isEmpty();
    }

    @Test
    void closesAConnectionThatIsNotUsedAgain() {
        receive(REQUEST);
        answer(200);
        pass(74);
        assertThat(channel.isActive()).isTrue();
        pass(2);

        assertThat(channel.isActive()).isFalse();
        assertThat(sent()).startsWith("HTTP/1.1 200 ").doesNotContain("408");
    }

    @Test
    void countsTheNextHeadAnew() {
        receive(REQUEST);
        answer(200);
        pass(70);
        receive("GET / HTTP/1.1\r\n");
        pass(14);
        receive("host: x\r\n\r\n");
        pass(3600);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void takesAnInterimResponseForNoAnswer() {
        receive("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n");
        answer(100);
        pass(3600);

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void takesTheRestOfABodyForNoHead() {
        receive("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n");
        answer(401);
        receive("ab");
        pass(20);
        receive("cd");
        pass(70);
        assertThat(channel.isActive()).isTrue();
        pass(10);

        assertThat(channel.isActive()).isFalse();
        assertThat(sent()).startsWith("HTTP/1.1 401 ").doesNotContain("408");
    }

    @Test
    void waitsForTheLastAnswerOfAPipeline() {
        receive(REQUEST + REQUEST);
        answer(200);
        pass(3600);
        assertThat(channel.isActive()).isTrue();
        answer(200);
        pass(76);

        assertThat(channel.isActive()).isFalse();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void answer(int status) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        if (status >= 200) {
            response.headers().set("content-length", 0);
        }
        channel.writeOutbound(response);
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (Object part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            ByteBuf bytes = (ByteBuf) part;
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return text.toString();
    }
}
