package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.FaultySts.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The table of faults in docs/CREDENTIALS.md, measured: real answers of an STS that fails, over real sockets, while a manual
 * clock plays minutes. {@link RefreshFaultsTest} has the same faults at every moment, without sockets.
 */
class StsFaultTableTest {
    private static final Path PAGE = Path.of("../docs/CREDENTIALS.md");
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    /** What STS gives at least. */
    private static final Duration LIFE = Duration.ofMinutes(15);

    private static final Duration HEALED_WITHIN = Duration.ofSeconds(3);

    @ParameterizedTest
    @EnumSource(Fault.class)
    void isWhatThePageSays(Fault fault) throws IOException {
        Figures figures = new Figures(outage(fault), served(fault));
        assertThat(figures.served.failed)
                .as("every request is served while credentials live")
                .isZero();
        assertThat(figures.outage.recovery).isLessThanOrEqualTo(HEALED_WITHIN);
        assertThat(figures.outage.longestWait).isLessThanOrEqualTo(Refresher.LONGEST_WAIT);
        String row = row(fault, figures);
        if (Boolean.getBoolean("generate.docs")) {
            String begin = "| " + fault.words + " |";
            List<String> lines = Files.readAllLines(PAGE).stream()
                    .map(line -> line.startsWith(begin) ? row : line)
                    .toList();
            Files.writeString(PAGE, String.join("\n", lines) + '\n');
        }
        assertThat(PAGE)
                .as("run this test with -Dgenerate.docs=true to write its rows anew")
                .content()
                .contains('\n' + row + '\n');
    }

    private static String row(Fault fault, Figures figures) {
        return "| %s | %d | %d of %d | %s | %d of %d | %s |"
                .formatted(
                        fault.words,
                        figures.outage.calls,
                        figures.outage.failed,
                        figures.outage.requests,
                        seconds(figures.outage.longestWait),
                        figures.served.failed,
                        figures.served.requests,
                        seconds(figures.outage.recovery));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** No credentials yet, a request at every tick, 30 s of fault; then STS heals. */
    private static Outage outage(Fault fault) throws IOException {
        try (MockWebServer server = started();
                FaultySts sts = new FaultySts(server, LIFE)) {
            Rig rig = new Rig();
            sts.serve(rig);
            sts.strike(rig, fault);
            Load load = new Load(rig);
            load.run(OUTAGE);
            int calls = rig.time.works;
            int requests = load.requests.size();
            // What heals by itself has healed by now.
            Instant since = load.firstServed == null ? rig.time.instant() : ManualScheduler.START;
            sts.strike(rig, null);
            while (load.firstServed == null) {
                load.run(TICK);
            }
            Duration recovery = Duration.between(since, load.firstServed);
            rig.time.advance(Refresher.LONGEST_WAIT);
            return new Outage(calls, load.failed(requests), requests, load.longestWait.get(), recovery);
        }
    }

    /** Credentials of 15 minutes; the fault strikes when they are fresh and goes on until 5 s before their end. */
    private static Served served(Fault fault) throws IOException {
        try (MockWebServer server = started();
                FaultySts sts = new FaultySts(server, LIFE)) {
            Rig rig = new Rig();
            sts.serve(rig);
            rig.credentials.start();
            rig.time.advanceMillis(100);
            Instant end = Objects.requireNonNull(
                            Objects.requireNonNull(rig.credentials.current()).expiration())
                    .minusSeconds(5);
            sts.strike(rig, fault);
            int requests = 0;
            int failed = 0;
            for (; rig.time.instant().isBefore(end); rig.time.advance(TICK)) {
                requests++;
                failed += rig.credentials.current() == null ? 1 : 0;
            }
            return new Served(failed, requests);
        }
    }

    private static MockWebServer started() throws IOException {
        MockWebServer server = new MockWebServer();
        server.start();
        return server;
    }

    /** Requests at every tick, and how long each waited. */
    private static final class Load {
        final Rig rig;
        final List<CompletableFuture<CredentialsResult>> requests = new ArrayList<>();
        final AtomicReference<Duration> longestWait = new AtomicReference<>(Duration.ZERO);

        @Nullable
        Instant firstServed;

        Load(Rig rig) {
            this.rig = rig;
        }

        void run(Duration duration) {
            for (Duration t = Duration.ZERO; t.compareTo(duration) < 0; t = t.plus(TICK)) {
                Instant asked = rig.time.instant();
                CompletableFuture<CredentialsResult> request = rig.request();
                requests.add(request.whenComplete((result, thrown) -> {
                    Duration waited = Duration.between(asked, rig.time.instant());
                    longestWait.accumulateAndGet(waited, (a, b) -> a.compareTo(b) > 0 ? a : b);
                }));
                rig.time.advance(TICK);
                if (firstServed == null && rig.credentials.current() != null) {
                    firstServed = rig.time.instant();
                }
            }
        }

        int failed(int ofTheFirst) {
            return (int) requests.subList(0, ofTheFirst).stream()
                    .filter(request -> Rig.credentialsOf(request) == null)
                    .count();
        }
    }

    /** Without credentials. */
    private record Outage(int calls, int failed, int requests, Duration longestWait, Duration recovery) {}

    /** With credentials. */
    private record Served(int failed, int requests) {}

    /** A row. */
    private record Figures(Outage outage, Served served) {}
}
