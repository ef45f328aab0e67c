package io.bedrockproxy.core.credentials;

import java.time.Duration;

/** Time and threads, as the refreshers see them; tests put a manual one in its place. */
interface Scheduler extends AutoCloseable {
    /** Nanoseconds since some fixed moment; never goes back. */
    long nanos();

    /** Runs a task that does not block, after {@code delay}, on the timer's thread. */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs a task that may block, on a thread of its own.
     *
     * @return false if no thread is to be had, in which case the task will not run
     */
    boolean work(Runnable task);

    @Override
    void close();

    /** A task that has not run yet. */
    interface Timer {
        /** Keeps the task from running, unless it runs already. */
        void cancel();
    }
}
