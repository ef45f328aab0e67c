package io.bedrockproxy.core.credentials;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong since the last success, and what follows from it. Not thread-safe: its owner's lock guards it.
 */
final class Outage {
    /** A request may make a denied source try again when its last try is this old. */
    static final Duration DENIED_PAUSE = Duration.ofSeconds(2);

    /** Tries before the next alternative is taken, and before requests stop waiting for one that helps. */
    private static final int TRIES_EACH = 3;

    private final RefreshSchedule schedule;
    private final int alternatives;
    private @Nullable SourceError cause;
    private int failures;
    private long lastEndNanos;

    Outage(RefreshSchedule schedule, int alternatives) {
        this.schedule = schedule;
        this.alternatives = alternatives;
    }

    /** Why the last try failed; null when it did not, or when there was none. */
    @Nullable
    SourceError cause() {
        return cause;
    }

    /** Counts a failure; denials and troubles that may heal are counted apart, because each has its own back-off. */
    void failed(SourceError error, long nowNanos) {
        failures = cause != null && cause.isDenied() == error.isDenied() ? failures + 1 : 1;
        cause = error;
        lastEndNanos = nowNanos;
    }

    /** Takes note of how a try ended that has been counted as overdue before. */
    void explained(SourceError error) {
        cause = error;
    }

    void over() {
        cause = null;
        failures = 0;
    }

    /** How long to wait now. Tries keep their distance from start to start: one that hung has waited already. */
    Duration untilNextTry(Duration took) {
        Duration backOff =
                cause != null && cause.isDenied() ? schedule.deniedBackOff(failures) : schedule.backOff(failures);
        Duration shortest = schedule.backOff(1);
        Duration left = backOff.minus(took);
        return left.compareTo(shortest) > 0 ? left : shortest;
    }

    /** The way that the next try takes: another one after every three failures that were not denials. */
    int alternative() {
        return cause == null || cause.isDenied() ? 0 : failures / TRIES_EACH % alternatives;
    }

    /** Whether a request should wait for the next try: each alternative deserves its tries before requests fail. */
    boolean isWorthWaiting() {
        return cause != null && !cause.isDenied() && failures < TRIES_EACH * alternatives;
    }

    /** Whether a request may start a try now, before the timer does. */
    boolean mayTryEarly(long nowNanos) {
        return cause == null || (cause.isDenied() && nowNanos - lastEndNanos >= DENIED_PAUSE.toNanos());
    }
}
