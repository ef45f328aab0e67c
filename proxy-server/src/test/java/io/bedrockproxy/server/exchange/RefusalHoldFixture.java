package io.bedrockproxy.server.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.server.upstream.UpstreamFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A call whose answer may be held, and what it hears. */
abstract class RefusalHoldFixture {
    static final UpstreamFailure BROKEN = new UpstreamFailure(FailureKind.UPSTREAM_BROKEN, "cut", false);

    final EmbeddedChannel channel = new EmbeddedChannel();
    final ExchangeDeadlines deadlines = new ExchangeDeadlines(channel.eventLoop());
    final RecordedCall call = new RecordedCall();
    final CompletableFuture<Remedy> verdict = new CompletableFuture<>();
    final List<String> judged = new ArrayList<>();
    final RefusalHold hold = newHold(true);

    RefusalHoldFixture() {
        call.hold = hold;
    }

    @BeforeEach
    void send() {
        channel.freezeTime();
        deadlines.startResponseHead(Duration.ofMinutes(1), () -> call.events.add("head timeout"));
    }

    @AfterEach
    void nothingIsLeftOver() {
        List<String> before = List.copyOf(call.events);
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(call.events).as("no timer is left").isEqualTo(before);
        channel.close();
    }

    RefusalHold newHold(boolean mayRepeat) {
        return new RefusalHold(this::judge, channel.eventLoop(), deadlines, mayRepeat, call);
    }

    CompletionStage<Remedy> judge(HeldResponse answer) {
        assertThat(answer.isEnded()).isTrue();
        judged.add(new String(answer.bytes(), US_ASCII));
        return verdict;
    }

    void receive(String... chunks) {
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        for (String chunk : chunks) {
            hold.onResponseChunk(chunk(chunk));
        }
        hold.onResponseReadComplete();
        hold.onResponseEnd();
    }

    void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    static HttpResponse head(int status, @org.jspecify.annotations.Nullable String errorType) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        if (errorType != null) {
            head.headers().set("x-amzn-ErrorType", errorType);
        }
        return head;
    }

    static ByteBuf chunk(String text) {
        return ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(US_ASCII));
    }

    /** Writes down what it hears, and stops the clock as a call does. */
    final class RecordedCall implements RefusalHold.Call {
        final List<String> events = new ArrayList<>();
        boolean requestIsWritten = true;
        boolean stopsAtHead;

        @org.jspecify.annotations.Nullable
        RefusalHold hold;

        @Override
        public boolean isRequestWritten() {
            return requestIsWritten;
        }

        @Override
        public void onHeldEnd() {
            events.add("held end");
        }

        @Override
        public void onUnknownOperation() {
            events.add("unknown operation");
        }

        @Override
        public void signAgain(Remedy why) {
            events.add("sign again " + why);
        }

        @Override
        public void onResponseHead(HttpResponse head) {
            deadlines.stop();
            events.add("head " + head.status().code());
            if (stopsAtHead && hold != null) {
                hold.stop();
            }
        }

        @Override
        public void onResponseChunk(ByteBuf chunk) {
            events.add("chunk " + chunk.toString(US_ASCII));
            chunk.release();
        }

        @Override
        public void onResponseReadComplete() {
            events.add("read complete");
        }

        @Override
        public void onResponseEnd() {
            events.add("end");
        }

        @Override
        public void onUpstreamFailure(UpstreamFailure failure) {
            deadlines.stop();
            events.add("failure " + failure.detail());
        }
    }
}
