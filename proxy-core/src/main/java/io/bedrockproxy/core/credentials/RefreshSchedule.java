package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** When to ask a source again: pure arithmetic, with jitter so that replicas that started together drift apart. */
final class RefreshSchedule {
    /** How long credentials without expiration are kept before the source is read again; keys get rotated in place. */
    static final Duration REREAD = Duration.ofMinutes(10);
    /** What is left of an answer's life must be worth a refresh; less than this is as good as expired. */
    static final Duration SHORTEST_LIFE = Duration.ofSeconds(3);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration FIRST_DENIED_BACK_OFF = Duration.ofSeconds(4);
    private static final Duration LONGEST_DENIED_BACK_OFF = Duration.ofSeconds(60);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(5);

    private final DoubleSupplier random;

    /**
     * Draws its jitter from {@code random}.
     *
     * @param random numbers from 0 (inclusive) to 1 (exclusive), safe for use by several threads
     */
    RefreshSchedule(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * How long before their expiration credentials are no longer used: a request that is signed now must still be fresh
     * when AWS reads it. 5 seconds, or a tenth of a life below 50 seconds.
     */
    static Duration margin(Duration life) {
        return min(life.dividedBy(10), LONGEST_MARGIN);
    }

    /**
     * How long after a fetch to refresh: at 50 to 75 % of the life.
     *
     * @param life from the fetch to the expiration; null for credentials that do not expire
     */
    Duration refreshDelay(@Nullable Duration life) {
        return life == null ? scaled(REREAD, 0.75, 1) : scaled(life, 0.5, 0.75);
    }

    /**
     * How long to wait after the given number of failures in a row that may heal: 0.2 s doubling to 2 s, of which at most
     * half is taken away by jitter.
     */
    Duration backOff(int failures) {
        return scaled(doubled(FIRST_BACK_OFF, failures, LONGEST_BACK_OFF), 0.5, 1);
    }

    /** As {@link #backOff}, after failures that will not heal by repeating: 4 s doubling to 60 s. */
    Duration deniedBackOff(int failures) {
        return scaled(doubled(FIRST_DENIED_BACK_OFF, failures, LONGEST_DENIED_BACK_OFF), 0.75, 1);
    }

    private Duration scaled(Duration duration, double from, double to) {
        double factor = from + (to - from) * random.getAsDouble();
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    private static Duration doubled(Duration first, int failures, Duration longest) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 16);
        return min(first.multipliedBy(1L << doublings), longest);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
