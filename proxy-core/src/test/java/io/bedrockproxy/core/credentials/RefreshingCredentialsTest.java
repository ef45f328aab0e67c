package io.bedrockproxy.core.credentials;

import static io.bedrockproxy.core.credentials.Rig.STS_500;
import static io.bedrockproxy.core.credentials.Rig.STS_DENIES;
import static io.bedrockproxy.core.credentials.Rig.credentialsOf;
import static io.bedrockproxy.core.credentials.Rig.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefreshingCredentialsTest {
    @Test
    void makesOneCallForSixtyColdRequests() {
        Rig rig = new Rig();
        assertThat(rig.state()).isEqualTo("Pending");

        List<CompletableFuture<CredentialsResult>> requests = rig.requests(60);
        assertThat(requests).noneMatch(CompletableFuture::isDone);
        rig.time.advanceMillis(100);

        assertThat(requests).allMatch(request -> rig.given.get(0) == credentialsOf(request));
        assertThat(rig.time.works).isEqualTo(1);
        assertThat(rig.state()).isEqualTo("Ready");
    }

    @Test
    void servesFreshCredentialsAtOnce() {
        Rig rig = started(Duration.ofHours(1));

        assertThat(rig.credentials.current()).isSameAs(rig.given.get(0));
        assertThat(credentialsOf(rig.credentials.next().toCompletableFuture())).isSameAs(rig.given.get(0));
        assertThat(rig.time.works).isEqualTo(1);
    }

    @Test
    void survivesOneFailureWithoutFailingARequest() {
        Rig rig = new Rig().fail(STS_500);
        CompletableFuture<CredentialsResult> request = rig.request();
        rig.time.advanceMillis(100);
        assertThat(rig.state()).isEqualTo("credentials-unavailable InternalFailure");
        assertThat(request).as("waits for the second try").isNotDone();

        rig.heal().time.advanceMillis(400);

        assertThat(credentialsOf(request)).isNotNull();
        assertThat(rig.time.works).isEqualTo(2);
    }

    @Test
    void failsRequestsAfterThreeFailuresAndThenAtOnce() {
        Rig rig = new Rig().fail(STS_500);
        CompletableFuture<CredentialsResult> request = rig.credentials.start().toCompletableFuture();

        rig.time.advanceMillis(1000);
        assertThat(rig.time.works).isGreaterThanOrEqualTo(3);
        assertThat(failureOf(request)).isEqualTo("credentials-unavailable");
        rig.time.advance(Duration.ofSeconds(30));
        waitForTheEndOfATry(rig);
        int calls = rig.time.works;
        assertThat(failureOf(rig.request())).isEqualTo("credentials-unavailable");
        assertThat(rig.time.works).as("a failing request asks nobody").isEqualTo(calls);
    }

    @Test
    void failsRequestsAtOnceWhenDenied() {
        Rig rig = new Rig().fail(STS_DENIES);
        CompletableFuture<CredentialsResult> first = rig.request();
        rig.time.advanceMillis(100);

        assertThat(failureOf(first)).isEqualTo("credentials-denied");
        assertThat(rig.requests(50)).allMatch(request -> failureOf(request).equals("credentials-denied"));
        assertThat(rig.time.works).isEqualTo(1);
        assertThat(rig.state()).isEqualTo("credentials-denied AccessDenied");
    }

    @Test
    void letsARequestTryAgainTwoSecondsAfterADenial() {
        Rig rig = new Rig().fail(STS_DENIES);
        rig.credentials.start();
        rig.time.advance(Duration.ofMinutes(3));
        waitForTheEndOfATry(rig);
        int calls = rig.time.works;

        rig.time.advanceMillis(1900);
        assertThat(failureOf(rig.request())).isEqualTo("credentials-denied");
        assertThat(rig.time.works).as("too early").isEqualTo(calls);
        rig.heal().time.advanceMillis(100);
        CompletableFuture<CredentialsResult> healed = rig.request();
        rig.time.advanceMillis(100);

        assertThat(credentialsOf(healed)).isNotNull();
        assertThat(rig.time.works).isEqualTo(calls + 1);
    }

    @Test
    void asksADenyingStsLessAndLessOftenWhenNobodyAsks() {
        Rig rig = new Rig().fail(STS_DENIES);
        rig.credentials.start();

        rig.time.advance(Duration.ofMinutes(10));

        assertThat(rig.time.works).as("4, 8, 16, 32 and then 60 s apart").isBetween(12, 18);
    }

    @Test
    void takesTheNextAlternativeAfterThreeFailures() {
        Rig rig = new Rig(3);
        rig.answer(alternative -> alternative < 2 ? new SourceAnswer.Refused(STS_500) : rig.fresh());
        CompletableFuture<CredentialsResult> request = rig.request();

        rig.time.advance(Duration.ofSeconds(16));

        assertThat(credentialsOf(request)).isNotNull();
        assertThat(rig.alternativesAsked).containsExactly(0, 0, 0, 1, 1, 1, 2);
    }

    @Test
    void returnsToTheFirstAlternativeForTheNextRefresh() {
        Rig rig = new Rig(2);
        rig.answer(alternative -> alternative < 1 ? new SourceAnswer.Refused(STS_500) : rig.fresh());
        rig.credentials.start();
        rig.time.advance(Duration.ofSeconds(16));

        rig.heal().time.advance(Duration.ofMinutes(45));

        assertThat(rig.alternativesAsked).containsExactly(0, 0, 0, 1, 0);
    }

    @Test
    void treatsAnExpiredAnswerAsAFailureAndNeverUsesIt() {
        Rig rig = new Rig().life(Duration.ofMillis(2900));
        CompletableFuture<CredentialsResult> request = rig.request();

        rig.time.advanceMillis(2000);

        assertThat(failureOf(request)).isEqualTo("credentials-unavailable");
        assertThat(rig.credentials.current()).isNull();
        assertThat(rig.state()).isEqualTo("credentials-unavailable expired-answer");
    }

    @Test
    void countsAThrowingSourceAsAFailure() {
        Rig rig = new Rig().answer(alternative -> {
            throw new IllegalStateException("broken");
        });
        CompletableFuture<CredentialsResult> request = rig.request();

        rig.time.advanceMillis(2000);

        assertThat(failureOf(request)).isEqualTo("credentials-unavailable");
        CredentialsResult.Failed failed = (CredentialsResult.Failed) request.join();
        assertThat(failed.failure().message()).doesNotContain("IllegalState", "broken");
        assertThat(failed.failure().detail()).contains("IllegalStateException: broken");
    }

    @Test
    void countsAMissingThreadAsAFailure() {
        Rig rig = new Rig();
        rig.time.isBusy = true;
        CompletableFuture<CredentialsResult> request = rig.request();
        rig.time.advanceMillis(50);
        assertThat(rig.state()).isEqualTo("credentials-unavailable busy");

        rig.time.isBusy = false;
        rig.time.advanceMillis(400);

        assertThat(credentialsOf(request)).isNotNull();
    }

    @Test
    void failsThoseWhoWaitWhenItIsClosed() {
        Rig rig = new Rig();
        CompletableFuture<CredentialsResult> request = rig.request();

        rig.credentials.close();

        assertThat(failureOf(request)).isEqualTo("credentials-unavailable");
        assertThat(failureOf(rig.request())).isEqualTo("credentials-unavailable");
        rig.time.advance(Duration.ofHours(1));
        assertThat(rig.time.works).isEqualTo(1);
    }

    @Test
    void servesWhatItHasAfterItIsClosed() {
        Rig rig = started(Duration.ofHours(1));

        rig.credentials.close();

        assertThat(rig.credentials.current()).isSameAs(rig.given.get(0));
        rig.time.advance(Duration.ofMinutes(59));
        assertThat(rig.time.works).as("closed means no refresh").isEqualTo(1);
        assertThat(rig.time.pendingTasks()).isZero();
    }

    static Rig started(Duration life) {
        Rig rig = new Rig().life(life);
        rig.credentials.start();
        rig.time.advanceMillis(100);
        assertThat(Objects.requireNonNull(rig.credentials.current())).isSameAs(rig.given.get(0));
        return rig;
    }

    /** Moves time to just after a try, so that the next one is not in flight. */
    static void waitForTheEndOfATry(Rig rig) {
        int tries = rig.alternativesAsked.size();
        for (int i = 0; i < 120_000 && rig.alternativesAsked.size() == tries; i++) {
            rig.time.advanceMillis(1);
        }
        assertThat(rig.alternativesAsked).hasSize(tries + 1);
    }
}
