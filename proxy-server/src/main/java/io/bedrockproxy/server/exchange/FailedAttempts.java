package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.AuthenticationPenalty;
import io.bedrockproxy.core.auth.AuthenticationPenalty.Penalty;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.server.relay.Downstream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Answers refusals, and those of failed authentication as late, or in such words, as the address has earned. One for the
 * process, over all event loops; nothing waits but a timer of the exchange's own loop.
 */
public final class FailedAttempts {
    /** Answers held back at once. One more is answered as if it were one too many, so that waiting costs bounded memory. */
    static final int MAX_HELD = 1000;

    private final AuthenticationPenalty penalties;
    private final AtomicInteger held = new AtomicInteger();

    /** @param penalties keeps count */
    public FailedAttempts(AuthenticationPenalty penalties) {
        this.penalties = penalties;
    }

    /**
     * Calls {@code answer} once with what to answer: now, or on the event loop of {@code downstream} when a wait is over,
     * even if nobody waits for it any more. Nobody is to read from {@code downstream} until then. Releases {@code body}
     * when it makes wait.
     */
    void answer(
            Admission.Refused refused, Downstream downstream, RequestBody body, Consumer<Admission.Refused> answer) {
        if (refused.failure().kind() != FailureKind.UNAUTHENTICATED) {
            answer.accept(refused);
            return;
        }
        Penalty penalty = penalties.onFailure(downstream.peer());
        if (penalty.isOneTooMany()) {
            answer.accept(tooMany(refused));
        } else if (penalty.delay().isZero()) {
            answer.accept(refused);
        } else if (held.incrementAndGet() > MAX_HELD) {
            held.decrementAndGet();
            answer.accept(tooMany(refused));
        } else {
            body.release();
            downstream
                    .eventLoop()
                    .schedule(() -> release(refused, answer), penalty.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void release(Admission.Refused refused, Consumer<Admission.Refused> answer) {
        held.decrementAndGet();
        answer.accept(refused);
    }

    /** The log is told as well why this attempt failed. */
    private static Admission.Refused tooMany(Admission.Refused refused) {
        Failure failure = new Failure(
                FailureKind.TOO_MANY_FAILURES,
                "This request has no valid secret, as too many from this address before it"
                        + " (expected: exactly one valid secret, such as 'Authorization: Bearer <secret>').",
                refused.failure().message());
        return new Admission.Refused(failure, refused.shape(), null);
    }
}
