package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Those who wait for credentials, in the order in which they came. One timer serves all of them: it runs for whoever came
 * first. Futures are completed outside every lock, because what hangs on them is the exchange's code.
 */
final class Waiters {
    private final Scheduler scheduler;
    private final Duration patience;
    private final Supplier<CredentialsResult> onImpatience;
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private Scheduler.Timer deadline = () -> {};

    /**
     * Nobody waits yet.
     *
     * @param patience the longest that anybody waits
     * @param onImpatience what those are told who waited that long; called without a lock held
     */
    Waiters(Scheduler scheduler, Duration patience, Supplier<CredentialsResult> onImpatience) {
        this.scheduler = scheduler;
        this.patience = patience;
        this.onImpatience = onImpatience;
    }

    synchronized CompletionStage<CredentialsResult> join() {
        Waiter waiter = new Waiter(new CompletableFuture<>(), scheduler.nanos() + patience.toNanos());
        waiting.add(waiter);
        if (waiting.size() == 1) {
            deadline = scheduler.after(patience, this::dismissImpatient);
        }
        return waiter.future;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes out everybody; the caller completes them after it has released its lock. */
    synchronized List<CompletableFuture<CredentialsResult>> takeAll() {
        deadline.cancel();
        return take(waiting.size());
    }

    static void completeAll(List<CompletableFuture<CredentialsResult>> futures, CredentialsResult result) {
        futures.forEach(future -> future.complete(result));
    }

    private void dismissImpatient() {
        List<CompletableFuture<CredentialsResult>> impatient = takeImpatient();
        if (!impatient.isEmpty()) {
            completeAll(impatient, onImpatience.get());
        }
    }

    private synchronized List<CompletableFuture<CredentialsResult>> takeImpatient() {
        long now = scheduler.nanos();
        int count = 0;
        for (Waiter waiter : waiting) {
            if (waiter.deadlineNanos - now > 0) {
                deadline = scheduler.after(Duration.ofNanos(waiter.deadlineNanos - now), this::dismissImpatient);
                break;
            }
            count++;
        }
        return take(count);
    }

    private List<CompletableFuture<CredentialsResult>> take(int count) {
        List<CompletableFuture<CredentialsResult>> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(waiting.remove().future);
        }
        return taken;
    }

    /** One exchange's future and how long it waits. */
    private record Waiter(CompletableFuture<CredentialsResult> future, long deadlineNanos) {}
}
