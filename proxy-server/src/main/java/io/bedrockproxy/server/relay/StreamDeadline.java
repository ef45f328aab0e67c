package io.bedrockproxy.server.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches for silence with one timer that is re-armed only when it fires: noting activity costs a field write, not a
 * timer. On its event loop only.
 */
public final class StreamDeadline {
    private final EventLoop eventLoop;
    private final long limitNanos;
    private final Runnable onSilence;
    private long lastActivityNanos;
    private @Nullable ScheduledFuture<?> timer;
    private boolean stopped;

    /** Calls {@code onSilence} each time {@code limit} passes without {@link #touch()}; not before {@link #start()}. */
    public StreamDeadline(EventLoop eventLoop, Duration limit, Runnable onSilence) {
        this.eventLoop = eventLoop;
        this.limitNanos = limit.toNanos();
        this.onSilence = onSilence;
    }

    /** Begins to watch, unless it already does or was stopped. */
    public void start() {
        if (timer == null && !stopped) {
            touch();
            arm(limitNanos);
        }
    }

    /** Something happened. */
    public void touch() {
        lastActivityNanos = eventLoop.ticker().nanoTime();
    }

    /** Watches no more, for good. */
    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void arm(long delayNanos) {
        timer = eventLoop.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        long remaining = lastActivityNanos + limitNanos - eventLoop.ticker().nanoTime();
        if (remaining <= 0) {
            touch();
            arm(limitNanos);
            onSilence.run();
        } else {
            arm(remaining);
        }
    }
}
