package io.bedrockproxy.core.credentials;

import static io.bedrockproxy.core.credentials.RefreshingCredentialsTest.started;
import static io.bedrockproxy.core.credentials.Rig.credentialsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshLifeTest {
    @ParameterizedTest
    @CsvSource({"PT4S, 1200, 1810", "PT20S, 238, 361", "PT15M, 6, 9", "PT1H, 2, 3"})
    void servesAnHourOfConstantLoadWithOneCallForEachRefresh(Duration life, int fewestCalls, int mostCalls) {
        Rig rig = started(life);
        Set<SessionCredentials> used = new HashSet<>();

        for (int i = 0; i < 3600 * 20; i++) {
            SessionCredentials served = Objects.requireNonNull(credentialsOf(rig.request()), "no request fails");
            assertThat(served.isExpiredAt(rig.time.instant().plus(life.dividedBy(20))))
                    .as("some life is left when AWS reads the signature")
                    .isFalse();
            used.add(served);
            rig.time.advanceMillis(50);
        }

        assertThat(rig.time.works).isBetween(fewestCalls, mostCalls);
        assertThat(used).hasSizeBetween(rig.time.works - 1, rig.time.works);
    }

    @Test
    void neverAsksOncePerRequestWhenTheSourceRepeatsItself() {
        Rig rig = new Rig();
        SessionCredentials same =
                new SessionCredentials("ASIA", "secret", "token", ManualScheduler.START.plus(Duration.ofHours(6)));
        rig.answer(alternative -> new SourceAnswer.Fetched(same));
        rig.credentials.start();
        rig.time.advanceMillis(100);

        for (int i = 0; i < 6 * 3600 - 10; i++) {
            assertThat(rig.credentials.current()).isNotNull();
            rig.time.advance(Duration.ofSeconds(1));
        }

        assertThat(rig.time.works).as("as the life halves, so does the delay").isLessThan(40);
    }

    @Test
    void readsASourceWithoutExpirationAgainEveryTenMinutes() {
        Rig rig = new Rig();
        rig.answer(alternative -> new SourceAnswer.Fetched(new SessionCredentials("AKIA", "secret", null, null)));
        rig.credentials.start();

        rig.time.advance(Duration.ofHours(1));

        assertThat(rig.time.works).isBetween(6, 9);
        assertThat(rig.credentials.state()).isEqualTo(new CredentialsState.Ready(null, null));
    }

    @Test
    void leavesUnusedCredentialsToExpireAndThenForgetsThem() {
        Rig rig = new Rig().life(Duration.ofMinutes(15));
        rig.request();
        rig.time.advance(Duration.ofHours(1));

        assertThat(rig.time.works).as("nobody asked since").isEqualTo(1);
        assertThat(rig.state()).isEqualTo("Pending");
        assertThat(rig.time.pendingTasks()).isZero();
        CompletableFuture<CredentialsResult> request = rig.request();
        rig.time.advanceMillis(100);
        assertThat(credentialsOf(request)).isSameAs(rig.given.get(1));
    }

    @Test
    void servesAndRefreshesCredentialsThatWereUnusedForLong() {
        Rig rig = new Rig().life(Duration.ofMinutes(15));
        rig.request();
        rig.time.advance(Duration.ofMinutes(14));

        assertThat(rig.credentials.current()).isSameAs(rig.given.get(0));
        rig.time.advanceMillis(100);

        assertThat(rig.credentials.current()).isSameAs(rig.given.get(1));
    }

    @Test
    void stopsAskingForAnUnusedKeyThatFails() {
        Rig rig = new Rig().fail(Rig.STS_500);
        rig.request();

        rig.time.advance(Duration.ofHours(1));
        int calls = rig.time.works;
        assertThat(calls).isBetween(3, 5);
        CompletableFuture<CredentialsResult> request = rig.heal().request();
        rig.time.advanceMillis(100);

        assertThat(credentialsOf(request)).isNotNull();
        assertThat(rig.time.works).isEqualTo(calls + 1);
    }

    @Test
    void keepsStartedCredentialsFreshThoughNobodyUsesThem() {
        Rig rig = started(Duration.ofMinutes(15));

        rig.time.advance(Duration.ofHours(10));

        assertThat(rig.state()).isEqualTo("Ready");
    }

    @Test
    void fetchesOthersForRefusedCredentialsOnce() {
        Rig rig = started(Duration.ofHours(1));
        SessionCredentials refused = rig.given.get(0);

        CompletableFuture<CredentialsResult> one =
                rig.credentials.rejected(refused).toCompletableFuture();
        CompletableFuture<CredentialsResult> other =
                rig.credentials.rejected(refused).toCompletableFuture();
        assertThat(rig.credentials.current()).as("others go on").isSameAs(refused);
        rig.time.advanceMillis(100);

        assertThat(credentialsOf(one)).isSameAs(rig.given.get(1)).isSameAs(credentialsOf(other));
        assertThat(rig.time.works).isEqualTo(2);
        assertThat(credentialsOf(rig.credentials.rejected(refused).toCompletableFuture()))
                .as("a late refusal of the old ones costs nothing")
                .isSameAs(rig.given.get(1));
        assertThat(rig.time.works).isEqualTo(2);
    }

    @Test
    void replacesRefusedCredentialsAtMostEveryTenSeconds() {
        Rig rig = started(Duration.ofHours(1));
        rig.credentials.rejected(rig.given.get(0));
        rig.time.advanceMillis(9_900);

        CompletableFuture<CredentialsResult> tooSoon =
                rig.credentials.rejected(rig.given.get(1)).toCompletableFuture();
        assertThat(Rig.failureOf(tooSoon)).isEqualTo("credentials-unavailable");
        assertThat(rig.time.works).isEqualTo(2);
        rig.time.advanceMillis(100);
        rig.credentials.rejected(rig.given.get(1));

        assertThat(rig.time.works).isEqualTo(3);
    }
}
