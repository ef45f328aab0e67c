package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSourcesTest {
    private static final SourceConfig.Static KEYS = new SourceConfig.Static("AKIA", "secret", "token");

    private final AwsSources sources = new AwsSources(
            new CredentialsConfig(List.of("eu-central-1", "eu-west-1"), null, false, false), InstantSource.system());

    @AfterEach
    void close() {
        sources.close();
    }

    @ParameterizedTest
    @CsvSource({"eu-west-1, 2", "eu-central-1, 2", "eu-north-1, 3"})
    void hasAnAlternativeForEachOtherFallbackRegion(String region, int alternatives) {
        assertThat(sources.open(role("r", region, KEYS), null).alternatives()).isEqualTo(alternatives);
    }

    @Test
    void signsWithTheSourceWhereThereIsNoRole() {
        SourceAnswer answer = sources.open(CredentialsKey.direct(KEYS), null).fetch(0);

        assertThat(answer).isInstanceOfSatisfying(SourceAnswer.Fetched.class, fetched -> {
            assertThat(fetched.credentials().accessKeyId()).isEqualTo("AKIA");
            assertThat(fetched.credentials().sessionToken()).isEqualTo("token");
            assertThat(fetched.credentials().expiration()).isNull();
        });
    }

    @Test
    void sharesWhatItFoundAmongKeysWithTheSameSource() {
        CredentialsKey chain = CredentialsKey.direct(new SourceConfig.DefaultChain());

        assertThat(sources.open(chain, null)).isSameAs(sources.open(chain, null));
        assertThat(sources.open(chain, null))
                .isNotSameAs(sources.open(CredentialsKey.direct(new SourceConfig.ProfileNamed("other")), null));
        assertThat(sources.open(role("one", "eu-west-1", KEYS), null))
                .isNotSameAs(sources.open(role("two", "eu-west-1", KEYS), null));
    }

    private static CredentialsKey role(String name, String region, SourceConfig source) {
        return CredentialsKey.assume(AssumedRole.of("arn:aws:iam::123456789012:role/" + name, "team", region), source);
    }
}
