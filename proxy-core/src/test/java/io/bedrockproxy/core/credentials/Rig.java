package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A refresher over a manual clock and a source that does what the test says. */
final class Rig {
    static final SourceError STS_500 = SourceError.unavailable("InternalFailure", "try again", "m");
    static final SourceError STS_DENIES = SourceError.denied("AccessDenied", "check the trust policy", "m");

    final ManualScheduler time = new ManualScheduler();
    final List<Integer> alternativesAsked = new ArrayList<>();
    final List<SessionCredentials> given = new ArrayList<>();
    final RefreshingCredentials credentials;

    private IntFunction<SourceAnswer> behaviour = alternative -> fresh();
    private Duration life = Duration.ofHours(1);

    Rig() {
        this(1);
    }

    Rig(int alternatives) {
        CredentialsSource source = new CredentialsSource() {
            @Override
            public SourceAnswer fetch(int alternative) {
                alternativesAsked.add(alternative);
                return behaviour.apply(alternative);
            }

            @Override
            public int alternatives() {
                return alternatives;
            }
        };
        RefreshSchedule schedule = new RefreshSchedule(new Random(42)::nextDouble);
        credentials = new RefreshingCredentials(source, time, time, schedule, "rig");
    }

    Rig life(Duration life) {
        this.life = life;
        return this;
    }

    /** STS gives credentials from now on. */
    Rig heal() {
        time.workTakes = Duration.ofMillis(100);
        behaviour = alternative -> fresh();
        return this;
    }

    Rig answer(IntFunction<SourceAnswer> behaviour) {
        this.behaviour = behaviour;
        return this;
    }

    Rig fail(SourceError error) {
        return answer(alternative -> new SourceAnswer.Refused(error));
    }

    /** STS does not answer within 5 s, which is when the SDK gives up. */
    Rig hang() {
        time.workTakes = Duration.ofSeconds(5);
        return fail(SourceError.unavailable("timeout", "STS did not answer in time", "m"));
    }

    SourceAnswer fresh() {
        Instant expiration = time.instant().plus(life);
        SessionCredentials made = new SessionCredentials("ASIA" + given.size(), "secret", "token", expiration);
        given.add(made);
        return new SourceAnswer.Fetched(made);
    }

    /** One request: what it got, or null while it waits. */
    CompletableFuture<CredentialsResult> request() {
        SessionCredentials current = credentials.current();
        return current != null
                ? CompletableFuture.completedFuture(new CredentialsResult.Ready(current))
                : credentials.next().toCompletableFuture();
    }

    List<CompletableFuture<CredentialsResult>> requests(int count) {
        List<CompletableFuture<CredentialsResult>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(request());
        }
        return results;
    }

    static @Nullable SessionCredentials credentialsOf(CompletableFuture<CredentialsResult> request) {
        assertThat(request).as("the request has its answer").isCompleted();
        return request.join() instanceof CredentialsResult.Ready ready ? ready.credentials() : null;
    }

    static String failureOf(CompletableFuture<CredentialsResult> request) {
        assertThat(request).as("the request has its answer").isCompleted();
        return request.join() instanceof CredentialsResult.Failed failed
                ? failed.failure().kind().label()
                : "none";
    }

    String state() {
        CredentialsState state = credentials.state();
        return state instanceof CredentialsState.Failed failed
                ? failed.kind().label() + ' ' + failed.errorCode()
                : state.getClass().getSimpleName();
    }
}
