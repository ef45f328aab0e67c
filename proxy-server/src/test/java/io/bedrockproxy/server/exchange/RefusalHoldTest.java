package io.bedrockproxy.server.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.server.LeakCheck;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each event that may come while an answer is held, and what gets through. */
@ExtendWith(LeakCheck.class)
class RefusalHoldTest {
    private static final UpstreamFailure BROKEN = new UpstreamFailure(FailureKind.UPSTREAM_BROKEN, "cut", false);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ExchangeDeadlines deadlines = new ExchangeDeadlines(channel.eventLoop());
    private final RecordedCall call = new RecordedCall();
    private final CompletableFuture<Remedy> verdict = new CompletableFuture<>();
    private final List<String> judged = new ArrayList<>();
    private final RefusalHold hold = newHold(true);

    RefusalHoldTest() {
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

    @ParameterizedTest
    @CsvSource({
        "200, ''",
        "429, ThrottlingException",
        "403, AccessDeniedException",
        "400, ValidationException",
        "500, RequestExpired"
    })
    void letsAnythingElseThrough(int status, String errorType) {
        hold.onResponseHead(head(status, errorType.isEmpty() ? null : errorType));
        hold.onResponseChunk(chunk("one"));
        hold.onResponseReadComplete();
        hold.onResponseEnd();

        assertThat(call.events).containsExactly("head " + status, "chunk one", "read complete", "end");
        assertThat(judged).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void signsAgainWhenThereIsABetterSignature(Remedy remedy) {
        receive("expired", " token");
        assertThat(call.events).containsExactly("read complete", "held end");
        assertThat(judged).containsExactly("expired token");

        verdict.complete(remedy);
        assertThat(call.events).as("not before the connection is back").hasSize(2);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "sign again " + remedy);
    }

    @Test
    void handsOnWhatStands() {
        receive("denied");
        verdict.complete(Remedy.NONE);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "chunk denied", "end");
    }

    @Test
    void handsOnAnAnswerWithoutABody() {
        receive();
        verdict.complete(Remedy.NONE);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "end");
    }

    @Test
    void handsOnAtOnceWhatMayNotBeRepeated() {
        RefusalHold second = newHold(false);
        second.onResponseHead(head(403, "ExpiredTokenException"));
        second.onResponseChunk(chunk("again"));
        second.onResponseEnd();

        assertThat(judged).as("later requests profit").containsExactly("again");
        assertThat(call.events).containsExactly("held end", "head 403", "chunk again", "end");
        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();
        assertThat(call.events).hasSize(4);
    }

    @Test
    void handsOnAtOnceWhatCameBeforeTheRequestWasSent() {
        call.requestIsWritten = false;
        receive("early");

        assertThat(judged).containsExactly("early");
        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();
        assertThat(call.events).containsExactly("read complete", "held end", "head 403", "chunk early", "end");
    }

    @Test
    void handsOnWhatIsTooLong() {
        String most = "x".repeat(HeldResponse.MAX_BYTES);
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        hold.onResponseChunk(chunk(most));
        assertThat(call.events).isEmpty();
        hold.onResponseChunk(chunk("y"));
        hold.onResponseReadComplete();
        hold.onResponseChunk(chunk("z"));
        hold.onResponseEnd();

        assertThat(call.events)
                .containsExactly("head 403", "chunk " + most, "chunk y", "read complete", "chunk z", "end");
        assertThat(judged).isEmpty();
    }

    @Test
    void handsOnWhatIsTooSlow() {
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        hold.onResponseChunk(chunk("begun"));
        advance(4_999);
        assertThat(call.events).isEmpty();
        advance(1);
        assertThat(call.events).containsExactly("head 403", "chunk begun", "read complete");

        hold.onResponseChunk(chunk("rest"));
        hold.onResponseEnd();
        assertThat(call.events).endsWith("chunk rest", "end");
        assertThat(judged).isEmpty();
    }

    @Test
    void handsOnWhatWasCut() {
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        hold.onResponseChunk(chunk("begun"));
        hold.onUpstreamFailure(BROKEN);

        assertThat(call.events).containsExactly("head 403", "chunk begun", "failure cut");
    }

    @Test
    void reportsAFailureBeforeTheHead() {
        hold.onUpstreamFailure(BROKEN);

        assertThat(call.events).containsExactly("failure cut");
    }

    @Test
    void doesNotWaitForAJudgementForEver() {
        receive("expired");
        advance(15_999);
        assertThat(call.events).containsExactly("read complete", "held end");
        advance(1);
        assertThat(call.events).endsWith("head 403", "chunk expired", "end");

        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();
        assertThat(call.events).as("too late").hasSize(5);
    }

    @Test
    void waitsNoLongerThanTheHeadMayTake() {
        advance(55_000);
        receive("expired");
        advance(4_999);
        assertThat(call.events).containsExactly("read complete", "held end");
        advance(1);

        assertThat(call.events).endsWith("head 403", "chunk expired", "end");
    }

    @Test
    void dropsEverythingWhenItIsStopped() {
        receive("expired");
        hold.stop();
        verdict.complete(Remedy.NEW_CREDENTIALS);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end");
    }

    @Test
    void dropsTheRestWhenTheHeadFindsTheClientGone() {
        call.stopsAtHead = true;
        receive("denied");
        verdict.complete(Remedy.NONE);
        channel.runPendingTasks();

        assertThat(call.events).containsExactly("read complete", "held end", "head 403");
    }

    @Test
    void dropsAChunkThatFindsTheClientGone() {
        call.stopsAtHead = true;
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        hold.onResponseChunk(chunk("begun"));
        hold.onResponseChunk(chunk("x".repeat(HeldResponse.MAX_BYTES)));

        assertThat(call.events).containsExactly("head 403");
    }

    private RefusalHold newHold(boolean mayRepeat) {
        return new RefusalHold(this::judge, channel.eventLoop(), deadlines, mayRepeat, call);
    }

    private CompletionStage<Remedy> judge(HeldResponse answer) {
        assertThat(answer.isEnded()).isTrue();
        judged.add(new String(answer.bytes(), US_ASCII));
        return verdict;
    }

    private void receive(String... chunks) {
        hold.onResponseHead(head(403, "ExpiredTokenException"));
        for (String chunk : chunks) {
            hold.onResponseChunk(chunk(chunk));
        }
        hold.onResponseReadComplete();
        hold.onResponseEnd();
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static HttpResponse head(int status, @org.jspecify.annotations.Nullable String errorType) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        if (errorType != null) {
            head.headers().set("x-amzn-ErrorType", errorType);
        }
        return head;
    }

    private static ByteBuf chunk(String text) {
        return ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(US_ASCII));
    }

    /** Writes down what it hears, and stops the clock as a call does. */
    private final class RecordedCall implements RefusalHold.Call {
        private final List<String> events = new ArrayList<>();
        private boolean requestIsWritten = true;
        private boolean stopsAtHead;
        private @org.jspecify.annotations.Nullable RefusalHold hold;

        @Override
        public boolean isRequestWritten() {
            return requestIsWritten;
        }

        @Override
        public void onHeldEnd() {
            events.add("held end");
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
