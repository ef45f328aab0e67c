package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.Verdict;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials are renewed under load, in real time, and nobody notices. */
@ExtendWith(LeakCheck.class)
class CredentialsLifeIT {
    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final int PER_SECOND = 20;
    private static final int SECONDS = 60;
    private static final int REQUESTS = PER_SECOND * SECONDS;
    /** A busy machine runs a timer late, and calls take a moment. */
    private static final double SLACK_SECONDS = 1;

    /** {@link io.bedrockproxy.core.credentials.CredentialsRegistry} fetches the first twenty at its start. */
    private static final int CLIENTS = 22;

    @Test
    void shortLivedCredentialsServeSixtySecondsOfLoad() {
        try (LocalProxy proxy = LocalProxy.builder()
                .emulator(e -> e.withCredentialLife(LIFE).withRecorded(2 * REQUESTS))
                .start()) {
            List<HttpResponse<String>> answers = load(new Calls(proxy), proxy.secret());
            assertThat(answers)
                    .hasSize(REQUESTS)
                    .allSatisfy(answer ->
                            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
            assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(REQUESTS);
            assertThat(proxy.emulator().recorder().refusedCount())
                    .as("the emulator refuses expired credentials as AWS does")
                    .isZero();
            List<StsCall> calls = proxy.emulator().recorder().stsCalls();
            assertThat(calls).allSatisfy(call -> assertThat(call.errorCode()).isNull());
            assertThat(secondsBetween(calls))
                    .as("60 s hold four to six refreshes, and the first call was at the start")
                    .hasSizeBetween(4, 6)
                    .allSatisfy(seconds -> assertThat(seconds)
                            .as("50 to 75 %% of a life of 19 to 20 s (STS cuts to the second)")
                            .isBetween(9.5 - SLACK_SECONDS, 15 + SLACK_SECONDS));
            assertThat(keysUsed(proxy.emulator().recorder().requests()))
                    .as("each call's credentials were put to use: no call was made twice")
                    .hasSize(calls.size());
        }
    }

    @Test
    void sixtyParallelColdRequestsMakeOneCall() {
        Map<String, String> secrets = IntStream.range(0, CLIENTS)
                .mapToObj(i -> "client-" + i)
                .collect(Collectors.toMap(Function.identity(), name -> LocalProxy.newSecret()));
        LocalProxy.Builder builder = LocalProxy.builder();
        secrets.forEach((name, secret) -> builder.config("clients.%s { role = test, secrets = [ { sha256 = %s } ] }"
                .formatted(name, LocalProxy.sha256(secret))));
        try (LocalProxy proxy = builder.start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> sessionsOf(proxy).size() == 20);
            String cold = secrets.keySet().stream()
                    .filter(name -> !sessionsOf(proxy).contains(name))
                    .findFirst()
                    .orElseThrow();
            Calls calls = new Calls(proxy);
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 60)
                    .mapToObj(i -> calls.converseLater(secrets.get(cold)))
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            assertThat(proxy.emulator().recorder().assumeRoleCount())
                    .as("twenty at the start and one for sixty requests")
                    .isEqualTo(21);
            assertThat(sessionsOf(proxy)).contains(cold);
        }
    }

    /** Open loop: a slow answer does not hold up the requests behind it. */
    private static List<HttpResponse<String>> load(Calls calls, String secret) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        ConcurrentLinkedQueue<CompletableFuture<HttpResponse<String>>> answers = new ConcurrentLinkedQueue<>();
        try {
            timer.scheduleAtFixedRate(
                    () -> {
                        if (answers.size() < REQUESTS) {
                            answers.add(calls.converseLater(secret));
                        }
                    },
                    0,
                    TimeUnit.SECONDS.toNanos(1) / PER_SECOND,
                    TimeUnit.NANOSECONDS);
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(2 * SECONDS))
                    .until(() -> answers.size() == REQUESTS);
        } finally {
            timer.shutdownNow();
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static List<Double> secondsBetween(List<StsCall> calls) {
        List<Double> between = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            between.add((calls.get(i).startNanos() - calls.get(i - 1).startNanos()) / 1e9);
        }
        return between;
    }

    private static Set<String> keysUsed(List<RecordedRequest> requests) {
        return requests.stream()
                .map(request -> ((Verdict.Verified) request.verdict()).key().accessKeyId())
                .collect(Collectors.toSet());
    }

    private static Set<String> sessionsOf(LocalProxy proxy) {
        return proxy.emulator().recorder().stsCalls().stream()
                .map(call -> call.parameters().get("RoleSessionName"))
                .collect(Collectors.toSet());
    }
}
