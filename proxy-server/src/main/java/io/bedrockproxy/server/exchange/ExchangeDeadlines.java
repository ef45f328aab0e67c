package io.bedrockproxy.server.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The deadline of the wait that an exchange is in, if any; at most one timer at a time. On its event loop only. */
final class ExchangeDeadlines {
    private final EventLoop eventLoop;
    private @Nullable ScheduledFuture<?> timer;
    private long lastProgressNanos;
    private long startedNanos;

    /** When the response's head is due; null while nothing was sent. */
    private @Nullable Long headDueNanos;

    ExchangeDeadlines(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Counts from the first sending; of a second one the response has to come within what is left. */
    void startResponseHead(Duration limit, Runnable onTimeout) {
        if (headDueNanos == null) {
            headDueNanos = now() + limit.toNanos();
        }
        startStep(limit, onTimeout);
    }

    /** For a step on the way to the response's head: {@code limit}, and no longer than the head may take. */
    void startStep(Duration limit, Runnable onTimeout) {
        stop();
        long left = headDueNanos == null ? limit.toNanos() : Math.min(limit.toNanos(), headDueNanos - now());
        timer = eventLoop.schedule(onTimeout, Math.max(left, 0), TimeUnit.NANOSECONDS);
    }

    /**
     * Watches the arrival of a body, unless it does already: {@code bodyIdle} between two pieces, {@code bodyTotal} for all.
     * The timer is re-armed only when it fires; a piece costs one field write.
     */
    void startBody(ExchangeConfig limits, Runnable onTimeout) {
        if (timer == null) {
            startedNanos = now();
            lastProgressNanos = startedNanos;
            checkBody(limits.bodyIdle().toNanos(), limits.bodyTotal().toNanos(), onTimeout);
        }
    }

    void bodyProgress() {
        lastProgressNanos = now();
    }

    private void checkBody(long idleNanos, long totalNanos, Runnable onTimeout) {
        long now = now();
        long remaining = Math.min(lastProgressNanos + idleNanos - now, startedNanos + totalNanos - now);
        if (remaining <= 0) {
            timer = null;
            onTimeout.run();
        } else {
            timer = eventLoop.schedule(
                    () -> checkBody(idleNanos, totalNanos, onTimeout), remaining, TimeUnit.NANOSECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private long now() {
        return eventLoop.ticker().nanoTime();
    }
}
