package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

class DefaultChainSourceTest {
    private static final Instant EXPIRATION = Instant.parse("2026-11-21T06:00:00Z");

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
    void asksTheProviderEachTime() {
        AtomicInteger asked = new AtomicInteger();
        DefaultChainSource source = DefaultChainSource.of("the chain", () -> {
            asked.incrementAndGet();
            return AwsBasicCredentials.create("AKIA", "secret");
        });

        source.fetch(0);
        source.fetch(0);

        assertThat(asked).hasValue(2);
    }

    private static SessionCredentials fetched(AwsCredentials credentials) {
        SourceAnswer answer =
                DefaultChainSource.of("the chain", () -> credentials).fetch(0);
        return ((SourceAnswer.Fetched) answer).credentials();
    }

    private static SourceError refused(AwsCredentialsProvider provider) {
        SourceAnswer answer = DefaultChainSource.of("the chain", provider).fetch(0);
        return ((SourceAnswer.Refused) answer).error();
    }
}
