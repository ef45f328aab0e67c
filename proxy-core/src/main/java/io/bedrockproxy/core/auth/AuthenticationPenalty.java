package io.bedrockproxy.core.auth;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed authentications of each address, and says what one more costs: nothing at first, then a growing wait,
 * then the word that there were too many. A count falls by one in each {@link #FORGIVEN_EVERY}. It is asked about
 * attempts that have failed, and about no other, so a right secret never meets it, whatever its neighbours do.
 *
 * <p>A table of fixed size: 16,384 addresses in 128 KiB, however many there are. A new address takes the place of the one
 * of its set whose count is gone first; two addresses that look alike to it (24 bits of a keyed hash in a set) share
 * their count. Either costs failed attempts a little more or less, and nobody else anything. Lock-free, from any thread.
 */
public final class AuthenticationPenalty {
    /** A person who types, a test and a few restarts of a misconfigured pod fail less often than this. */
    static final int FREE_FAILURES = 50;

    /** From here on an address is told that it fails too often. */
    static final int MAX_FAILURES = 100;

    /** How fast a count falls; also when the next attempt is worth making. */
    public static final Duration FORGIVEN_EVERY = Duration.ofSeconds(2);

    /** What each failure above the free ones adds to the wait: half a second at the most. */
    static final Duration WAIT_STEP = Duration.ofMillis(10);

    private static final int WAYS = 4;
    private static final int SETS = 4096;
    private static final int DUE_BITS = 40; // milliseconds of 34 years
    private static final long DUE_MASK = (1L << DUE_BITS) - 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Per slot the address's tag and the millisecond at which its count is back at zero. Zero: empty. */
    private final AtomicLongArray slots = new AtomicLongArray(SETS * WAYS);

    private final LongSupplier nanos;
    private final long startNanos;
    private final long seed;

    /**
     * What a failed attempt costs.
     *
     * @param delay how long its answer is held back; zero when it is not
     * @param isOneTooMany whether it is answered with that instead of why it failed
     */
    public record Penalty(Duration delay, boolean isOneTooMany) {
        private static final Penalty NONE = new Penalty(Duration.ZERO, false);
        private static final Penalty TOO_MANY = new Penalty(Duration.ZERO, true);
    }

    /**
     * Nobody has failed yet.
     *
     * @param nanos as {@link System#nanoTime}
     * @param random makes the key of the table, so that nobody can aim at another's place; not asked again
     */
    public AuthenticationPenalty(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.seed = random.nextLong();
    }

    /**
     * Counts one more failed attempt.
     *
     * @param peer who has made it; null when it has no address (a Unix socket): all such share one count
     */
    public Penalty onFailure(@Nullable InetAddress peer) {
        long hash = mix(PeerGroup.of(peer) ^ seed);
        long now = (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
        while (true) {
            int slot = slotOf(hash);
            long before = slots.get(slot);
            long due = isTagged(before, hash) ? Math.max(before & DUE_MASK, now) : now;
            long failures = count(due - now);
            if (failures >= MAX_FAILURES) {
                return Penalty.TOO_MANY;
            }
            long after = (hash & ~DUE_MASK) | ((due + FORGIVEN_EVERY.toMillis()) & DUE_MASK);
            if (slots.compareAndSet(slot, before, after)) {
                return failures < FREE_FAILURES
                        ? Penalty.NONE
                        : new Penalty(WAIT_STEP.multipliedBy(failures - FREE_FAILURES + 1), false);
            }
        }
    }

    private static long count(long millisUntilForgiven) {
        return (millisUntilForgiven + FORGIVEN_EVERY.toMillis() - 1) / FORGIVEN_EVERY.toMillis();
    }

    /** The address's own slot, or the one of its set that is due first. */
    private int slotOf(long hash) {
        int first = (int) (hash & (SETS - 1)) * WAYS;
        int soonest = first;
        for (int slot = first; slot < first + WAYS; slot++) {
            long word = slots.get(slot);
            if (isTagged(word, hash)) {
                return slot;
            }
            if ((word & DUE_MASK) < (slots.get(soonest) & DUE_MASK)) {
                soonest = slot;
            }
        }
        return soonest;
    }

    private static boolean isTagged(long word, long hash) {
        return word != 0 && ((word ^ hash) & ~DUE_MASK) == 0;
    }

    /** The finalizer of MurmurHash3: every bit of the key decides about every bit of the hash. */
    private static long mix(long key) {
        long hash = (key ^ key >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
