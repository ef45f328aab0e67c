package io.bedrockproxy.server;

import static io.bedrockproxy.server.LocalProxy.newSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.StsCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reloads cost no request and leave nothing behind. */
@ExtendWith(LeakCheck.class)
class ReloadLoadIT {
    private static final int PER_SECOND = 1000;
    private static final int SECONDS = 6;
    private static final int REQUESTS = PER_SECOND * SECONDS;
    /** Requests of one tick of the clock that sends them. */
    private static final int PER_TICK = 10;
    /** A machine that cannot keep up has no more than these under way, and gets fewer requests a second. */
    private static final int AT_ONCE = 256;

    private static final int BETWEEN_RELOADS = 250;
    private static final int RELOADS = 100;

    /** The pools that every proxy of this test's JVM shares (timers, the client's) grow by themselves. */
    private static final int OTHERS = 4;

    /** Longer than credentials of a configuration before are kept for those who may wait for them. */
    private static final Duration LET_GO = Duration.ofSeconds(60);
    /** So short that a refresher which was left over would be heard of. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .emulator(e -> e.withCredentialLife(LIFE).withRecorded(REQUESTS))
            .start();

    private final Calls calls = new Calls(proxy);
    private final ProxyFile file = new ProxyFile(proxy);

    /** What is different each time: a client, a limit, what signs, a timeout of the upstream and with it the pool. */
    private void reload(int number) {
        StringBuilder changed = new StringBuilder(ProxyFile.client("client-" + number, newSecret()));
        changed.append("limits.request-body = ").append(100 + number).append(" KiB\n");
        if (number % 2 == 0) {
            changed.append("roles.test.session-name = session-").append(number).append('\n');
        }
        if (number % 5 == 0) {
            changed.append("timeouts.connect = ").append(4000 + number).append("ms\n");
        }
        if (number % 25 == 0) {
            changed.append("sts.fallback-regions = [eu-west-1]\n");
        }
        file.reload(changed.toString());
    }

    @Test
    void noRequestIsLostWhileConfigurationsComeAndGo() throws InterruptedException {
        await().until(calls::isReady);
        AtomicInteger reloads = new AtomicInteger();
        CompletableFuture<Void> reloading = CompletableFuture.completedFuture(null);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        Semaphore free = new Semaphore(AT_ONCE);
        Semaphore due = new Semaphore(0);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            long tickNanos = TimeUnit.SECONDS.toNanos(PER_TICK) / PER_SECOND;
            clock.scheduleAtFixedRate(() -> due.release(PER_TICK), 0, tickNanos, TimeUnit.NANOSECONDS);
            for (int i = 0; i < REQUESTS; i++) {
                due.acquire();
                free.acquire();
                answers.add(calls.converseLater(proxy.secret()).whenComplete((response, thrown) -> free.release()));
                if (i % BETWEEN_RELOADS == 0) {
                    reloading = reloading.thenRunAsync(() -> reload(reloads.incrementAndGet()));
                }
            }
        } finally {
            clock.shutdownNow();
        }
        reloading.join();

        assertThat(answers)
                .extracting(answer -> answer.join().statusCode())
                .as("every answer while %s configurations came", reloads.get())
                .containsOnly(200);
        assertThat(reloads.get()).isEqualTo(REQUESTS / BETWEEN_RELOADS);
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(REQUESTS);
        assertThat(proxy.emulator().recorder().requests())
                .as("configurations that came were used; every other one names its sessions so")
                .anyMatch(request -> String.valueOf(request.sessionName()).startsWith("session-"));
    }

    @Test
    void aHundredReloadsLeaveNothingBehind() {
        await().until(calls::isReady);
        assertThat(calls.converse().statusCode()).isEqualTo(200);
        long threads = threads();
        long descriptors = descriptors();
        for (int i = 1; i <= RELOADS; i++) {
            reload(i);
            assertThat(calls.converse().statusCode()).as("reload %s", i).isEqualTo(200);
        }
        file.reload("");
        assertThat(calls.converse().statusCode()).isEqualTo(200);

        assertThat(calls.admin("/readyz").body())
                .as("one refresher, that of the one role")
                .containsOnlyOnce("role/test")
                .doesNotContain("session-");
        proxy.emulator().recorder().clear();
        await("threads").atMost(LET_GO).until(() -> threads() <= threads + OTHERS);
        await("descriptors").atMost(LET_GO).until(() -> descriptors() <= descriptors + OTHERS);
        await("renewed again and again")
                .atMost(LET_GO)
                .until(() -> sessionsAskedFor().count() >= 3);
        assertThat(sessionsAskedFor())
                .as("nobody renews the credentials of configurations that are over")
                .containsOnly("test");
    }

    private Stream<String> sessionsAskedFor() {
        return proxy.emulator().recorder().stsCalls().stream().map(StsCall::sessionName);
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
