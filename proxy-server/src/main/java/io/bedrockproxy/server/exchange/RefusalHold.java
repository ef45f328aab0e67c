package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.route.UnknownOperation;
import io.bedrockproxy.server.upstream.ResponseConsumer;
import io.bedrockproxy.server.upstream.UpstreamFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection and its call for one sending, and lets everything through but an answer that may refuse
 * the signature. That one is held until its end and judged ({@link SignatureRefusals}); then the call signs again, or
 * gets the answer as it came. So is a 200 of so few bytes that it may be {@link UnknownOperation}. One that is too long, too slow or cut gets through as far as it has come, and the rest
 * behind it. On the exchange's event loop only.
 */
final class RefusalHold implements ResponseConsumer {
    /** AWS's refusals have some hundred bytes and come at once; one that does not is not worth waiting for. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(5);

    /** No judgement takes longer than credentials do. */
    private static final Duration LONGEST_JUDGEMENT = Duration.ofSeconds(16);

    private final Function<HeldResponse, CompletionStage<Remedy>> judge;
    private final EventLoop eventLoop;
    private final ExchangeDeadlines deadlines;
    private final Call call;
    private boolean mayRepeat;
    private boolean stopped;
    private @Nullable HeldResponse held;

    /** The call behind it. */
    interface Call extends ResponseConsumer {
        /** Whether all of the request has been written by now. */
        boolean isRequestWritten();

        /** The held answer has ended, so the connection is no longer the call's. */
        void onHeldEnd();

        /** AWS has no operation where the request went, and said so as if it were an answer. */
        void onUnknownOperation();

        /** There is a better signature. */
        void signAgain(Remedy why);
    }

    /**
     * @param judge judges a whole answer; never completes exceptionally, may complete on another thread
     * @param deadlines of the response's head, of which this is a part
     * @param mayRepeat whether the call may sign once more; if not, what can be done is done for the next requests
     */
    RefusalHold(
            Function<HeldResponse, CompletionStage<Remedy>> judge,
            EventLoop eventLoop,
            ExchangeDeadlines deadlines,
            boolean mayRepeat,
            Call call) {
        this.judge = judge;
        this.eventLoop = eventLoop;
        this.deadlines = deadlines;
        this.mayRepeat = mayRepeat;
        this.call = call;
    }

    @Override
    public void onResponseHead(HttpResponse head) {
        if (SignatureRefusals.isWorthHolding(head) || mayBeUnknownOperation(head)) {
            held = new HeldResponse(head);
            // An answer before the request's end is about a request that was not whole: AWS may have had enough of it.
            mayRepeat &= call.isRequestWritten();
            deadlines.startStep(LONGEST_HOLD, this::onHoldTimeout);
        } else {
            call.onResponseHead(head);
        }
    }

    @Override
    public void onResponseChunk(ByteBuf chunk) {
        if (held != null && held.add(chunk)) {
            return;
        }
        pass();
        if (stopped) {
            chunk.release();
        } else {
            call.onResponseChunk(chunk);
        }
    }

    /** While it holds, the call has no head yet, and reads on. */
    @Override
    public void onResponseReadComplete() {
        call.onResponseReadComplete();
    }

    @Override
    public void onResponseEnd() {
        if (held == null) {
            call.onResponseEnd();
            return;
        }
        held.end();
        call.onHeldEnd();
        if (!mayBeUnknownOperation(held.head())) {
            judge(held);
        } else if (UnknownOperation.isIn(held.bytes())) {
            deadlines.stop();
            held.release();
            held = null;
            call.onUnknownOperation();
        } else {
            pass();
        }
    }

    private static boolean mayBeUnknownOperation(HttpResponse head) {
        return UnknownOperation.isPossible(
                head.status().code(),
                head.headers().get(HttpHeaderNames.CONTENT_TYPE),
                head.headers().get(HttpHeaderNames.CONTENT_LENGTH));
    }

    /** Credentials may have to be fetched; meanwhile the client waits, and may go away. */
    private void judge(HeldResponse answer) {
        CompletionStage<Remedy> remedy = judge.apply(answer);
        if (mayRepeat) {
            deadlines.startStep(LONGEST_JUDGEMENT, this::pass);
            // Never at once: the connection goes back to its pool when this read of it is over.
            remedy.whenComplete((what, never) -> eventLoop.execute(() -> onJudged(answer, what)));
        } else {
            pass();
        }
    }

    private void onJudged(HeldResponse answer, Remedy remedy) {
        if (!Objects.equals(held, answer)) {
            return; // Too late, or nobody waits any more.
        }
        if (remedy == Remedy.NONE) {
            pass();
            return;
        }
        deadlines.stop();
        answer.release();
        held = null;
        call.signAgain(remedy);
    }

    private void onHoldTimeout() {
        pass();
        if (!stopped) {
            call.onResponseReadComplete();
        }
    }

    @Override
    public void onUpstreamFailure(UpstreamFailure failure) {
        pass();
        if (!stopped) {
            call.onUpstreamFailure(failure);
        }
    }

    /** Hands on what has come of an answer, if one is held. Each step of that may find the client gone. */
    private void pass() {
        HeldResponse answer = held;
        if (answer == null) {
            return;
        }
        held = null;
        call.onResponseHead(answer.head());
        ByteBuf begun = answer.takeBody();
        if (begun != null && stopped) {
            begun.release();
        } else if (begun != null) {
            call.onResponseChunk(begun);
        }
        if (answer.isEnded() && !stopped) {
            call.onResponseEnd();
        }
    }

    /** Nothing is handed on any more. */
    void stop() {
        stopped = true;
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
