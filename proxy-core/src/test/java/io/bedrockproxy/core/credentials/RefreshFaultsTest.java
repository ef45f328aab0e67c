package io.bedrockproxy.core.credentials;

import static io.bedrockproxy.core.credentials.Rig.credentialsOf;
import static io.bedrockproxy.core.credentials.Rig.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each fault of STS costs: calls, failed requests, time to recover. A manual clock plays minutes and hours. */
class RefreshFaultsTest {
    private static final Duration TICK = Duration.ofMillis(50);

    /** A way in which STS fails. */
    enum Fault {
        ANSWERS_500("credentials-unavailable", 40),
        THROTTLES("credentials-unavailable", 40),
        DENIES("credentials-denied", 17),
        HANGS("credentials-unavailable", 16),
        CUTS_CONNECTIONS("credentials-unavailable", 40),
        GIVES_EXPIRED_CREDENTIALS("credentials-unavailable", 40);

        private final String failure;
        private final int mostCallsIn30Seconds;

        Fault(String failure, int mostCallsIn30Seconds) {
            this.failure = failure;
            this.mostCallsIn30Seconds = mostCallsIn30Seconds;
        }

        void strike(Rig rig) {
            switch (this) {
                case ANSWERS_500 -> rig.fail(Rig.STS_500);
                case THROTTLES -> rig.fail(SourceError.unavailable("Throttling", "try again", "m"));
                case DENIES -> rig.fail(Rig.STS_DENIES);
                case HANGS -> rig.hang();
                case CUTS_CONNECTIONS -> rig.fail(SourceError.unavailable("unreachable", "try again", "m"));
                case GIVES_EXPIRED_CREDENTIALS ->
                    rig.answer(alternative -> new SourceAnswer.Fetched(
                            new SessionCredentials("ASIA", "secret", "token", ManualScheduler.START)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void answersEveryRequestWithinSixteenSecondsAndAsksStsAtAGentlePace(Fault fault) {
        Rig rig = new Rig();
        fault.strike(rig);

        List<CompletableFuture<CredentialsResult>> requests = load(rig, Duration.ofSeconds(30));
        rig.time.advance(Duration.ofSeconds(16));

        assertThat(requests).hasSize(600).allMatch(request -> failureOf(request).equals(fault.failure));
        assertThat(rig.time.works).as("calls to STS in 46 s").isLessThanOrEqualTo(fault.mostCallsIn30Seconds * 46 / 30);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void isReadyWithinThreeSecondsOfStsHealing(Fault fault) {
        for (int offset = 0; offset < 5000; offset += 130) {
            Rig rig = new Rig();
            fault.strike(rig);
            rig.credentials.start();
            load(rig, Duration.ofSeconds(25).plusMillis(offset));

            rig.heal();
            load(rig, Duration.ofSeconds(3));

            assertThat(rig.credentials.current())
                    .as("%s healed after 25 s and %d ms", fault, offset)
                    .isNotNull();
            assertThat(rig.state()).isEqualTo("Ready");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void servesEveryRequestWhileTheCredentialsLive(Fault fault) {
        Rig rig = RefreshingCredentialsTest.started(Duration.ofMinutes(15));
        fault.strike(rig);
        Instant end = Objects.requireNonNull(rig.given.get(0).expiration()).minusSeconds(5);

        while (rig.time.instant().isBefore(end)) {
            assertThat(rig.credentials.current())
                    .as("at %s", rig.time.instant())
                    .isSameAs(rig.given.get(0));
            rig.time.advance(TICK);
        }

        assertThat(rig.credentials.current()).as("5 s before the expiration").isNull();
        assertThat(rig.state()).startsWith(fault.failure);
        rig.time.advance(Duration.ofSeconds(16));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void refreshesSoonAfterStsHealsWhileTheCredentialsLive(Fault fault) {
        Rig rig = RefreshingCredentialsTest.started(Duration.ofMinutes(15));
        fault.strike(rig);
        rig.time.advance(Duration.ofMinutes(12));
        assertThat(rig.credentials.state())
                .isInstanceOfSatisfying(
                        CredentialsState.Ready.class,
                        ready -> assertThat(ready.lastErrorCode()).isNotNull());

        rig.heal();
        rig.time.advance(Duration.ofSeconds(61));

        assertThat(rig.credentials.current()).isSameAs(rig.given.get(1));
        assertThat(rig.credentials.state())
                .isInstanceOfSatisfying(
                        CredentialsState.Ready.class,
                        ready -> assertThat(ready.lastErrorCode()).isNull());
    }

    @Test
    void usesTheAnswerOfAStsThatTakesFourSeconds() {
        Rig rig = new Rig().fail(Rig.STS_500);
        rig.request();
        rig.time.advance(Duration.ofSeconds(10));

        rig.heal().time.workTakes = Duration.ofSeconds(4);
        load(rig, Duration.ofSeconds(8));

        assertThat(rig.credentials.current())
                .as("a probe that was overdue still counts")
                .isNotNull();
    }

    @Test
    void namesTheKnownCauseWhenAProbeIsOverdue() {
        Rig rig = new Rig().fail(Rig.STS_500);
        rig.credentials.start();
        rig.time.advance(Duration.ofSeconds(10));

        rig.time.workTakes = Duration.ofMillis(2500);
        rig.fail(Rig.STS_DENIES);
        rig.time.advance(Duration.ofSeconds(10));

        assertThat(rig.state()).isEqualTo("credentials-denied AccessDenied");
        CompletableFuture<CredentialsResult> request = rig.request();
        rig.time.advance(Duration.ofSeconds(2));
        assertThat(failureOf(request)).isEqualTo("credentials-denied");
    }

    @Test
    void asksADenyingStsAtMostFiveTimesForFiftyRequestsInTenSeconds() {
        Rig rig = new Rig().fail(Rig.STS_DENIES);

        for (int i = 0; i < 50; i++) {
            rig.request();
            rig.time.advanceMillis(200);
        }

        assertThat(rig.time.works).isBetween(2, 5);
    }

    @Test
    void endsATryThatNeverEnds() {
        Rig rig = new Rig();
        rig.time.workTakes = Duration.ofDays(1);

        CompletableFuture<CredentialsResult> request = rig.request();
        rig.time.advance(Duration.ofSeconds(16));

        assertThat(failureOf(request)).isEqualTo("credentials-unavailable");
        assertThat(rig.state()).isEqualTo("credentials-unavailable timeout");
    }

    @Test
    void answersARequestOnSeveralHangingAlternativesWithinSixteenSeconds() {
        Rig rig = new Rig(3).hang();
        CompletableFuture<CredentialsResult> first = rig.request();
        rig.time.advance(Duration.ofSeconds(5));
        CompletableFuture<CredentialsResult> second = rig.request();

        rig.time.advance(Duration.ofMillis(10_999));
        assertThat(first).as("there are alternatives left").isNotDone();
        rig.time.advanceMillis(1);
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        rig.time.advance(Duration.ofSeconds(5));
        assertThat(second).isDone();
    }

    /** Sends a request at every tick; checks that what is served is not expired. */
    private static List<CompletableFuture<CredentialsResult>> load(Rig rig, Duration duration) {
        List<CompletableFuture<CredentialsResult>> requests = new ArrayList<>();
        for (Duration t = Duration.ZERO; t.compareTo(duration) < 0; t = t.plus(TICK)) {
            CompletableFuture<CredentialsResult> request = rig.request();
            requests.add(request);
            SessionCredentials served = request.isDone() ? credentialsOf(request) : null;
            assertThat(served != null && served.isExpiredAt(rig.time.instant())).isFalse();
            rig.time.advance(TICK);
        }
        return requests;
    }
}
