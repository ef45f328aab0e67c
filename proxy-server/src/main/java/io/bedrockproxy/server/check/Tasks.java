package io.bedrockproxy.server.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Does what blocks, four at a time, and never waits longer than it was told to: a source of credentials may hang in ways
 * that it has no timeout for. A thread that hangs is left behind and does not keep the process alive.
 */
final class Tasks implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final LongSupplier nanos;
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    });

    Tasks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Answers in the order of the questions.
     *
     * @param limit for each question
     * @param overdue the answer to a question that takes longer
     */
    <Q, A> List<A> all(List<Q> questions, Duration limit, Function<Q, A> work, Function<Q, A> overdue) {
        List<A> answers = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += AT_ONCE) {
            List<Q> wave = questions.subList(from, Math.min(from + AT_ONCE, questions.size()));
            long start = nanos.getAsLong();
            List<Future<A>> running = wave.stream()
                    .map(question -> workers.submit(() -> work.apply(question)))
                    .toList();
            for (int i = 0; i < wave.size(); i++) {
                long left = limit.toNanos() - (nanos.getAsLong() - start);
                answers.add(answer(running.get(i), left, wave.get(i), overdue));
            }
        }
        return answers;
    }

    private static <Q, A> A answer(Future<A> running, long leftNanos, Q question, Function<Q, A> overdue) {
        try {
            return running.get(Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            running.cancel(true);
            return overdue.apply(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return overdue.apply(question);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
