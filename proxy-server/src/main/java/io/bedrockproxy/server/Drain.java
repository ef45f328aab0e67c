package io.bedrockproxy.server;

import io.bedrockproxy.server.exchange.OpenExchanges;
import io.bedrockproxy.server.listener.Listener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The way to a stop that cuts nobody off: not ready at once; still accepting for {@code timeouts.drain-grace}, until
 * load balancers have noticed; then no new connections, and open exchanges finish, for {@code timeouts.drain} at most.
 */
final class Drain {
    /** Fine enough not to be felt, coarse enough to cost nothing. */
    private static final Duration POLL = Duration.ofMillis(20);

    /** For the last bytes of the last responses. */
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

    private final Listener listener;
    private final OpenExchanges open;
    private final Duration grace;
    private final Duration limit;
    private final EventLoop timer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long startedNanos;

    /** When an exchange was last seen open, or when accepting ended. */
    private long lastOpenNanos;

    Drain(Listener listener, OpenExchanges open, Duration grace, Duration limit, EventLoop timer) {
        this.listener = listener;
        this.open = open;
        this.grace = grace;
        this.limit = limit;
        this.timer = timer;
    }

    /** Completes when no exchange is open any more and what they wrote has left, or the limit has passed. */
    CompletableFuture<Void> start() {
        startedNanos = timer.ticker().nanoTime();
        timer.schedule(this::stopAccepting, grace.toNanos(), TimeUnit.NANOSECONDS);
        return done;
    }

    private void stopAccepting() {
        listener.drain();
        lastOpenNanos = timer.ticker().nanoTime();
        awaitExchanges();
    }

    private void awaitExchanges() {
        long now = timer.ticker().nanoTime();
        boolean late = now - startedNanos >= limit.toNanos();
        if (late || hasEnded(now)) {
            done.complete(null);
        } else {
            timer.schedule(this::awaitExchanges, POLL.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Each connection closes itself when the last byte of its last response has left; a slow client gets some time. */
    private boolean hasEnded(long now) {
        if (open.count() > 0) {
            lastOpenNanos = now;
            return false;
        }
        return listener.connectionCount() == 0 || now - lastOpenNanos >= FLUSH_LIMIT.toNanos();
    }
}
