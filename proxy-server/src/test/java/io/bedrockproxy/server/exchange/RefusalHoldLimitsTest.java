package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers that are too long, too slow or cut, and clients that go while one is held. */
@ExtendWith(LeakCheck.class)
class RefusalHoldLimitsTest extends RefusalHoldFixture {
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
}
