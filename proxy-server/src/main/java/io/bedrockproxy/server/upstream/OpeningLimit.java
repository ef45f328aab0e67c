package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many connections to one endpoint an event loop opens at once; the others wait for their turn, in order. A burst of
 * requests, or an endpoint that has dropped all its connections, then does not fill a loop with handshakes while open
 * streams wait. Who has waited for as long as one opening may take gives up: the endpoint is not to be had. On one event
 * loop only.
 */
final class OpeningLimit {
    /** A handshake takes about a millisecond of the loop: so many at once delay a stream by no more than some 30 ms. */
    static final int MAX_AT_ONCE = 32;

    private final long patienceNanos;
    private final LongSupplier nanos;
    private final Map<Endpoint, Openings> openings = new HashMap<>();

    /** The openings of one endpoint. */
    private static final class Openings {
        final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
        int running;
    }

    /** One that has not begun. */
    private record Waiting(long sinceNanos, Runnable start, Runnable giveUp) {}

    /**
     * @param patience how long one opening may take
     * @param nanos a clock that never goes back
     */
    OpeningLimit(Duration patience, LongSupplier nanos) {
        this.patienceNanos = patience.toNanos();
        this.nanos = nanos;
    }

    /** Runs {@code start} now or later, or {@code giveUp}; whose opening has started calls {@link #leave} at its end. */
    void enter(Endpoint endpoint, Runnable start, Runnable giveUp) {
        Openings own = openings.computeIfAbsent(endpoint, e -> new Openings());
        if (own.running < MAX_AT_ONCE) {
            own.running++;
            start.run();
        } else {
            own.waiting.add(new Waiting(nanos.getAsLong(), start, giveUp));
        }
    }

    /** An opening has ended, well or badly: the next one begins. */
    void leave(Endpoint endpoint) {
        Openings own = openings.get(endpoint);
        if (own == null) {
            return;
        }
        own.running--;
        while (own.running < MAX_AT_ONCE && !own.waiting.isEmpty()) {
            Waiting next = own.waiting.remove();
            if (nanos.getAsLong() - next.sinceNanos > patienceNanos) {
                next.giveUp.run();
            } else {
                own.running++;
                next.start.run();
            }
        }
        if (own.running == 0 && own.waiting.isEmpty()) {
            openings.remove(endpoint);
        }
    }
}
