package io.bedrockproxy.server.reload;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that looks at files: no event loop ever waits for a disk. */
public final class ReloadThread implements AutoCloseable {
    /** How long a change stays unseen at most; a look at unchanged files is a few system calls for each. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Reloader reloader;
    private final ReloadTarget target;
    private final ScheduledThreadPoolExecutor executor;

    private ReloadThread(Reloader reloader, ReloadTarget target) {
        this.reloader = reloader;
        this.target = target;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "configuration-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Looks from now on, {@code interval} after each end of the look before. */
    public static ReloadThread start(Reloader reloader, ReloadTarget target, Duration interval) {
        ReloadThread thread = new ReloadThread(reloader, target);
        thread.executor.scheduleWithFixedDelay(
                () -> reloader.look(target), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return thread;
    }

    /** Looks at once, whatever the files look like from outside. From any thread; completes when that is done. */
    public CompletionStage<Void> lookNow() {
        try {
            return CompletableFuture.runAsync(() -> reloader.lookAsAsked(target), executor);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Ends it; a look that is under way ends first, and none changes anything afterwards. Not on an event loop. */
    @Override
    public void close() {
        executor.shutdown();
        reloader.close();
    }
}
