package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Real time and real threads: one timer thread, and workers that come and go.
 *
 * <p>The workers have no queue. With a fixed pool of n threads, n roles whose STS hangs would make every other role wait
 * for them; here each call gets a thread at once. A refresher has one call in flight, and at most two that hang before
 * it, so the threads are bounded by the roles in trouble; {@link #MAX_WORKERS} is the bound for the case that all are.
 * Beyond it a try counts as failed and is repeated after its back-off. Idle workers end, because in a healthy process a
 * refresh is a matter of once in half an hour.
 */
final class ThreadScheduler implements Scheduler {
    /** About 60 KB of touched stack and SDK state each, so at worst 8 MB. */
    static final int MAX_WORKERS = 128;

    private static final long IDLE_SECONDS = 15;

    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;

    /** Starts no thread before the first task. */
    ThreadScheduler(LongSupplier nanos) {
        this.nanos = nanos;
        this.timer = new ScheduledThreadPoolExecutor(1, daemons("credentials-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.workers = new ThreadPoolExecutor(
                0,
                MAX_WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("credentials-worker"));
    }

    @Override
    public long nanos() {
        return nanos.getAsLong();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public boolean work(Runnable task) {
        try {
            workers.execute(task);
            return true;
        } catch (RejectedExecutionException busyOrClosed) {
            return false;
        }
    }

    /** Stops the timer and interrupts the workers; does not wait for them. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
