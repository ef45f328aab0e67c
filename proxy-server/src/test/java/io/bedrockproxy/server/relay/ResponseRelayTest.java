package io.bedrockproxy.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.ExceptionFrame;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.core.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay by itself, with the clock of an embedded channel. */
class ResponseRelayTest {
    private static final RelayConfig CONFIG = new RelayConfig(Duration.ofMinutes(15), Duration.ofSeconds(15));
    private static final byte[] FRAME = ExceptionFrame.encode("throttlingException", "slow down");

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private int upstreamReads;
    private @Nullable Outcome outcome;

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private ResponseRelay relay(boolean isEventStream, boolean isServerSentEvents) {
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        Http1Downstream downstream = new Http1Downstream(
                channel.pipeline().firstContext(), new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        ResponseRelay relay = new ResponseRelay(
                downstream,
                () -> upstreamReads++,
                new DownstreamHead(head, isEventStream, isServerSentEvents),
                CONFIG,
                new ExchangeRecord(() -> Instant.EPOCH, () -> 0),
                (how, why) -> outcome = how);
        relay.readComplete();
        ReferenceCountUtil.release(channel.readOutbound());
        return relay;
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        for (Object part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            if (part instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.UTF_8));
                text.append(part instanceof LastHttpContent ? "<end>" : "");
            }
            ReferenceCountUtil.release(part);
        }
        return text.toString();
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void pingsASilentStreamOfServerSentEvents() {
        ResponseRelay relay = relay(true, true);
        pass(Duration.ofSeconds(14));
        assertThat(written()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(written()).isEqualTo(": ping\n\n");
        pass(Duration.ofSeconds(15));
        assertThat(written()).isEqualTo(": ping\n\n");
        relay.chunk(Unpooled.copiedBuffer(FRAME));
        relay.end();
        assertThat(written()).contains("event: exception\n").endsWith("<end>");
        pass(Duration.ofMinutes(1));
        assertThat(written()).as("nothing behind the end").isEmpty();
    }

    @Test
    void pingsNothingElse() {
        relay(true, false).stop();
        relay(false, false);
        pass(Duration.ofMinutes(1));
        assertThat(written()).isEmpty();
    }

    @Test
    void endsAStreamThatIsSilentForTooLong() {
        relay(true, false);
        pass(Duration.ofMinutes(15));
        assertThat(written()).contains("modelStreamErrorException").endsWith("<end>");
        assertThat(outcome).isEqualTo(Outcome.CUT);
    }

    @Test
    void doesNotEndOneThatIsOnlySlow() {
        ResponseRelay relay = relay(false, false);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(14));
            relay.chunk(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            relay.readComplete();
        }
        assertThat(outcome).isNull();
        assertThat(written()).isEqualTo("x".repeat(10));
        relay.stop();
    }

    @Test
    void readsTheUpstreamOnlyWhileTheClientTakesWhatCame() {
        ResponseRelay relay = relay(false, false);
        int before = upstreamReads;
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        relay.readComplete();
        assertThat(upstreamReads).as("the client is full").isEqualTo(before);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        relay.downstreamWritable();
        assertThat(upstreamReads).isEqualTo(before + 1);
        relay.stop();
    }

    @Test
    void holdsADamagedFrameBackAndPutsAnExceptionInItsPlace() {
        ResponseRelay relay = relay(true, false);
        byte[] damaged = FRAME.clone();
        damaged[9] ^= 1;
        ByteBuf both = Unpooled.wrappedBuffer(Unpooled.copiedBuffer(FRAME), Unpooled.wrappedBuffer(damaged));
        relay.chunk(both);
        String text = written();
        assertThat(text)
                .contains("slow down")
                .contains("modelStreamErrorException")
                .endsWith("<end>");
        assertThat(outcome).isEqualTo(Outcome.CUT);
        assertThat(both.refCnt()).isZero();
    }

    @Test
    void cutsInTheMiddleOfAFrameByClosing() {
        ResponseRelay relay = relay(true, false);
        relay.chunk(Unpooled.copiedBuffer(FRAME, 0, 20));
        relay.cut(Failure.of(FailureKind.UPSTREAM_BROKEN, "gone"));
        assertThat(written()).hasSize(20).doesNotContain("<end>");
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}
