package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it; blocking work takes {@link #workTakes} and runs nowhere but here. */
final class ManualScheduler implements Scheduler, InstantSource {
    static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    /** So near the end of the range that {@code nanos()} wraps around within ten minutes. */
    private static final long FIRST_NANOS =
            Long.MAX_VALUE - Duration.ofMinutes(10).toNanos();

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.<Task>comparingLong(t -> t.at).thenComparingLong(t -> t.order));
    private long elapsed;
    private long order;

    Duration workTakes = Duration.ofMillis(100);
    boolean isBusy;
    int works;

    @Override
    public long nanos() {
        return FIRST_NANOS + elapsed;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(elapsed);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Task added = new Task(elapsed + Math.max(0, delay.toNanos()), order++, task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    @Override
    public boolean work(Runnable task) {
        if (isBusy) {
            return false;
        }
        works++;
        after(workTakes, task);
        return true;
    }

    @Override
    public void close() {
        tasks.clear();
    }

    /** Moves time on and runs what falls due, in order. */
    void advance(Duration duration) {
        long target = elapsed + duration.toNanos();
        while (!tasks.isEmpty() && tasks.element().at <= target) {
            Task due = tasks.remove();
            elapsed = due.at;
            due.what.run();
        }
        elapsed = target;
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    int pendingTasks() {
        return tasks.size();
    }

    /** Something to run at some time. */
    private record Task(long at, long order, Runnable what) {}
}
