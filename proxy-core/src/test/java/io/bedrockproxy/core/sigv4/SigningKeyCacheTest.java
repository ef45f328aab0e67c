package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.SessionCredentials;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SigningKeyCacheTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final CredentialScope SCOPE = new CredentialScope("20260115", "us-east-1", "bedrock");

    private final SigningKeyCache cache = new SigningKeyCache(3);

    @Test
    void derivesAKeyOncePerScope() {
        SessionCredentials credentials = credentials(null);

        SigningKey first = cache.get(credentials, SCOPE, NOON);

        assertThat(cache.get(credentials, new CredentialScope("20260115", "us-east-1", "bedrock"), NOON))
                .isSameAs(first);
        assertThat(cache.get(credentials, new CredentialScope("20260115", "eu-west-1", "bedrock"), NOON))
                .isNotSameAs(first);
        assertThat(cache.get(credentials, new CredentialScope("20260115", "us-east-1", "sts"), NOON))
                .isNotSameAs(first);
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void neverGivesTheKeyOfOtherCredentialsEvenOfTheSameId() {
        SigningKey first = cache.get(credentials(null), SCOPE, NOON);

        assertThat(cache.get(credentials(null), SCOPE, NOON)).isNotSameAs(first);
    }

    @Test
    void dropsKeysOfYesterday() {
        SessionCredentials credentials = credentials(null);
        SigningKey yesterday = cache.get(credentials, SCOPE, NOON);

        CredentialScope nextDay = new CredentialScope("20260116", "us-east-1", "bedrock");
        SigningKey today = cache.get(credentials, nextDay, NOON.plusSeconds(86_400));

        assertThat(today).isNotSameAs(yesterday);
        assertThat(cache.size()).isOne();
    }

    @Test
    void dropsKeysOfExpiredCredentials() {
        cache.get(credentials(NOON.plusSeconds(60)), SCOPE, NOON);

        cache.get(credentials(NOON.plusSeconds(3600)), SCOPE, NOON.plusSeconds(60));

        assertThat(cache.size()).isOne();
    }

    @Test
    void staysWithinItsCapacity() {
        for (int i = 0; i < 100; i++) {
            cache.get(credentials(null), SCOPE, NOON);
            assertThat(cache.size()).isBetween(1, 3);
        }
    }

    @Test
    void printsNoKey() {
        assertThat(cache.get(credentials(null), SCOPE, NOON)).hasToString("SigningKey[***]");
    }

    private static SessionCredentials credentials(@Nullable Instant expiration) {
        return new SessionCredentials("AKIDEXAMPLE", "secret", "token", expiration);
    }
}
