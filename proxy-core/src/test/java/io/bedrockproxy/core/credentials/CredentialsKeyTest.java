package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsKeyTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/path/bedrock";
    private static final SourceConfig.Static KEYS = new SourceConfig.Static("AKIA1", "secret-1", "token-1");

    @Test
    void isOneForEqualRolesAndSources() {
        CredentialsKey one = CredentialsKey.assume(with("external", "team"), KEYS);
        CredentialsKey same = CredentialsKey.assume(
                with("external", "team"), new SourceConfig.Static("AKIA1", "secret-1", "token-1"));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void isAnotherForAnotherExternalIdSessionOrSource() {
        CredentialsKey one = CredentialsKey.assume(with("external", "team"), KEYS);

        assertThat(one)
                .isNotEqualTo(CredentialsKey.assume(with("other", "team"), KEYS))
                .isNotEqualTo(CredentialsKey.assume(with(null, "team"), KEYS))
                .isNotEqualTo(CredentialsKey.assume(with("external", "other"), KEYS))
                .isNotEqualTo(CredentialsKey.assume(with("external", "team"), new SourceConfig.DefaultChain()))
                .isNotEqualTo(CredentialsKey.assume(
                        with("external", "team"), new SourceConfig.Static("AKIA1", "secret-2", "token-1")))
                .isNotEqualTo(CredentialsKey.direct(KEYS));
    }

    @Test
    void printsNothingSecret() {
        CredentialsKey key = CredentialsKey.assume(with("external", "team"), KEYS);

        assertThat(key.toString() + key.label() + new CredentialsStatus(key, new CredentialsState.Pending()))
                .contains(ARN, "team", "AKIA1")
                .doesNotContain("secret-1", "token-1", "external");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/r,                true",
        "arn:aws-us-gov:iam::123456789012:role/a/b,       true",
        "arn:aws-cn:iam::123456789012:role/r,             true",
        "arn:aws:iam::12345678901:role/r,                 false",
        "arn:aws:iam::123456789012:user/u,                false",
        "arn:aws:sts::123456789012:assumed-role/r/s,      false",
        "arn:aws:iam::123456789012:role/,                 false",
        "'arn:aws:iam::123456789012:role/r r',            false",
        "role,                                            false",
    })
    void takesRoleArnsOnly(String arn, boolean isAccepted) {
        if (isAccepted) {
            assertThat(AssumedRole.of(arn, "team", "us-east-1").roleArn()).isEqualTo(arn);
        } else {
            assertThatThrownBy(() -> AssumedRole.of(arn, "team", "us-east-1"))
                    .hasMessageStartingWith("role-arn: " + arn + " (expected: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "team a", "täm", "a/b", ""})
    void refusesSessionNamesThatStsRefuses(String name) {
        assertThatThrownBy(() -> AssumedRole.of(ARN, name, "us-east-1"))
                .hasMessageStartingWith("session-name: " + name);
    }

    @Test
    void refusesWhatElseStsRefuses() {
        assertRefused("external-id (", () -> with("x", "team"));
        assertRefused("external-id (", () -> with("a b", "team"));
        assertRefused("source-identity: a b", () -> role(Map.of(), "a b", null, Duration.ofHours(1), null));
        assertRefused("session-tags: ky!", () -> role(Map.of("ky!", "v"), null, null, Duration.ofHours(1), null));
        assertRefused("session-tags.k: <", () -> role(Map.of("k", "<"), null, null, Duration.ofHours(1), null));
        assertRefused("session-tags: 51", () -> role(tags(51), null, null, Duration.ofHours(1), null));
        assertRefused("session-policy: 2049", () -> role(Map.of(), null, "x".repeat(2049), Duration.ofHours(1), null));
        assertRefused("duration: PT14M", () -> role(Map.of(), null, null, Duration.ofMinutes(14), null));
        assertRefused(
                "duration: PT12H1S",
                () -> role(Map.of(), null, null, Duration.ofHours(12).plusSeconds(1), null));
        assertRefused(
                "http://sts.example.com (",
                () -> role(Map.of(), null, null, Duration.ofHours(1), URI.create("http://sts.example.com")));
        assertRefused("region: aws-global", () -> AssumedRole.of(ARN, "team", "aws-global"));
    }

    @Test
    void doesNotRepeatAnExternalId() {
        assertThatThrownBy(() -> with("hunter 2", "team")).hasMessageNotContaining("hunter");
    }

    @Test
    void takesAnEmptySessionTokenForNone() {
        assertThat(new SourceConfig.Static("AKIA1", "secret-1", ""))
                .isEqualTo(new SourceConfig.Static("AKIA1", "secret-1", null));
    }

    private static void assertRefused(String message, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("expected");
    }

    private static AssumedRole with(@Nullable String externalId, String sessionName) {
        return new AssumedRole(
                ARN, externalId, sessionName, Map.of(), null, null, Duration.ofHours(1), "us-east-1", null);
    }

    private static AssumedRole role(
            Map<String, String> tags,
            @Nullable String identity,
            @Nullable String policy,
            Duration duration,
            @Nullable URI sts) {
        return new AssumedRole(ARN, null, "team", tags, identity, policy, duration, "us-east-1", sts);
    }

    private static Map<String, String> tags(int count) {
        Map<String, String> tags = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> tags.put("k" + i, "v"));
        return tags;
    }
}
