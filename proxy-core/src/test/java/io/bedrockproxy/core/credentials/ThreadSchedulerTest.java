package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadSchedulerTest {
    private final ThreadScheduler scheduler = new ThreadScheduler(System::nanoTime);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        scheduler.close();
    }

    @Test
    void givesEachCallAThreadSoThatNoneWaitsForAnother() throws Exception {
        AtomicInteger hanging = new AtomicInteger();
        for (int i = 0; i < ThreadScheduler.MAX_WORKERS - 1; i++) {
            assertThat(scheduler.work(() -> hang(hanging))).isTrue();
        }
        await().until(() -> hanging.get() == ThreadScheduler.MAX_WORKERS - 1);
        CompletableFuture<Thread> other = new CompletableFuture<>();

        assertThat(scheduler.work(() -> other.complete(Thread.currentThread()))).isTrue();

        Thread worker = other.get(5, TimeUnit.SECONDS);
        assertThat(worker.getName()).startsWith("credentials-worker-");
        assertThat(worker.isDaemon()).isTrue();
    }

    @Test
    void saysSoWhenAllThreadsHang() {
        AtomicInteger hanging = new AtomicInteger();
        for (int i = 0; i < ThreadScheduler.MAX_WORKERS; i++) {
            scheduler.work(() -> hang(hanging));
        }

        assertThat(scheduler.work(() -> {})).isFalse();
    }

    @Test
    void runsTimersOnADaemonWhichDoesNotWaitForWorkers() throws Exception {
        scheduler.work(() -> hang(new AtomicInteger()));
        CompletableFuture<Thread> ran = new CompletableFuture<>();

        scheduler.after(Duration.ofMillis(1), () -> ran.complete(Thread.currentThread()));

        Thread timer = ran.get(5, TimeUnit.SECONDS);
        assertThat(timer.getName()).startsWith("credentials-timer-");
        assertThat(timer.isDaemon()).isTrue();
    }

    @Test
    void doesNotRunACancelledTimer() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        scheduler.after(Duration.ofMillis(20), runs::incrementAndGet).cancel();
        CompletableFuture<Void> later = new CompletableFuture<>();

        scheduler.after(Duration.ofMillis(40), () -> later.complete(null));

        later.get(5, TimeUnit.SECONDS);
        assertThat(runs).hasValue(0);
    }

    @Test
    void interruptsHangingCallsAndTakesNoMoreWhenItIsClosed() {
        AtomicInteger hanging = new AtomicInteger();
        scheduler.work(() -> hang(hanging));
        await().until(() -> hanging.get() == 1);

        scheduler.close();

        await().until(() -> hanging.get() == 0);
        assertThat(scheduler.work(() -> {})).isFalse();
        scheduler.after(Duration.ZERO, () -> hang(hanging)).cancel();
    }

    private void hang(AtomicInteger hanging) {
        hanging.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        } finally {
            hanging.decrementAndGet();
        }
    }
}
