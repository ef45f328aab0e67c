package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Providers of the SDK that do what the test says; CredentialSourcesIT has the real ones. */
class DefaultChainSourceTest {
    private static final Instant EXPIRATION = Instant.parse("2026-11-21T06:00:00Z");

    private final ManualScheduler time = new ManualScheduler();
    private int asked;
    private int closed;

    @Test
    void keepsTokenAndExpiration() {
        SessionCredentials found = fetched(AwsSessionCredentials.builder()
                .accessKeyId("ASIA")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(EXPIRATION)
                .build());

        assertThat(found.accessKeyId()).isEqualTo("ASIA");
        assertThat(found.secretAccessKey()).isEqualTo("secret");
        assertThat(found.sessionToken()).isEqualTo("token");
        assertThat(found.expiration()).isEqualTo(EXPIRATION);
    }

    @Test
    void takesLongLivedKeys() {
        SessionCredentials found = fetched(AwsBasicCredentials.create("AKIA", "secret"));

        assertThat(found.sessionToken()).isNull();
        assertThat(found.expiration()).isNull();
    }

    @Test
    void hopesForAChainThatFindsNothing() {
        SourceError error = refused(() -> {
            throw SdkClientException.create(
                    "Unable to load credentials from Chain(providers=[A(), B()]) : [A(): no keys,\n B(): no host]");
        });

        assertThat(error.isDenied()).isFalse();
        assertThat(error.code()).isEqualTo("no-source-credentials");
        assertThat(error.summary()).isEqualTo("the chain gave no credentials; see the proxy's log");
        assertThat(error.detail()).isEqualTo("[A(): no keys, B(): no host]");
    }

    @Test
    void takesARefusalOfWebIdentityForADenial() {
        SourceError error = refused(() -> {
            throw StsException.builder().statusCode(403).message("AccessDenied").build();
        });

        assertThat(error.isDenied()).isTrue();
        assertThat(error.code()).isEqualTo("source-refused");
    }

    @Test
    void looksForKeysWithoutExpirationEachTime() {
        DefaultChainSource source = source(() -> AwsBasicCredentials.create("AKIA", "secret"));

        source.fetch(0);
        source.fetch(0);

        assertThat(asked).isEqualTo(2);
    }

    @Test
    void sharesWhatItFoundForHalfOfItsLife() {
        DefaultChainSource source = source(this::session);

        SessionCredentials first = fetched(source.fetch(0));
        time.advance(Duration.ofMinutes(29));
        assertThat(fetched(source.fetch(0))).isSameAs(first);
        time.advance(Duration.ofMinutes(1));
        SessionCredentials second = fetched(source.fetch(0));

        assertThat(second).isNotSameAs(first);
        assertThat(asked).isEqualTo(2);
        assertThat(closed).as("nothing of the SDK is left over").isEqualTo(2);
    }

    @Test
    void looksAgainForWhatAwsRefused() {
        DefaultChainSource source = source(this::session);
        SessionCredentials first = fetched(source.fetch(0));

        source.refused(first);
        assertThat(source.kept()).isNull();
        SessionCredentials second = fetched(source.fetch(0));
        source.refused(first);

        assertThat(second).isNotSameAs(first);
        assertThat(fetched(source.fetch(0)))
                .as("a late refusal of the first says nothing about the second")
                .isSameAs(second);
    }

    @Test
    void keepsWhatLivesWhenThereIsNothingElse() {
        DefaultChainSource source = source(() -> {
            if (asked > 1) {
                throw SdkClientException.create("Failed to load credentials from metadata service.");
            }
            return session();
        });
        SessionCredentials first = fetched(source.fetch(0));

        time.advance(Duration.ofMinutes(59));
        assertThat(source.fetch(0)).isInstanceOf(SourceAnswer.Refused.class);
        assertThat(source.kept()).isSameAs(first);
        time.advance(Duration.ofMinutes(1));
        assertThat(source.kept()).isNull();
    }

    @Test
    void asksOnceForMany() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        DefaultChainSource source = source(() -> {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return session();
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<SourceAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> source.fetch(0)));
            }
            mayAnswer.countDown();
            SessionCredentials one = fetched(answers.get(0).get());
            for (Future<SourceAnswer> answer : answers) {
                assertThat(fetched(answer.get())).isSameAs(one);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(asked).isEqualTo(1);
    }

    private AwsCredentials session() {
        return AwsSessionCredentials.builder()
                .accessKeyId("ASIA")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(time.instant().plus(Duration.ofHours(1)))
                .build();
    }

    /** A new provider of the SDK for each question, as the chain's. */
    private DefaultChainSource source(Supplier<AwsCredentials> behaviour) {
        return DefaultChainSource.of("the chain", () -> new Provider(behaviour), time);
    }

    /** Counts what is done to it. */
    private final class Provider implements AwsCredentialsProvider, SdkAutoCloseable {
        private final Supplier<AwsCredentials> behaviour;

        Provider(Supplier<AwsCredentials> behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public AwsCredentials resolveCredentials() {
            asked++;
            return behaviour.get();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private SessionCredentials fetched(AwsCredentials credentials) {
        return fetched(source(() -> credentials).fetch(0));
    }

    private static SessionCredentials fetched(SourceAnswer answer) {
        return ((SourceAnswer.Fetched) answer).credentials();
    }

    private SourceError refused(Supplier<AwsCredentials> behaviour) {
        return ((SourceAnswer.Refused) source(behaviour).fetch(0)).error();
    }
}
