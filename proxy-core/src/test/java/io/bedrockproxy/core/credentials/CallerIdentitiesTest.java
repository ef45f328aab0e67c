package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.CallerIdentity.Known;
import io.bedrockproxy.core.credentials.CallerIdentity.Unknown;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerIdentitiesTest {
    private static final SourceConfig.Static KEYS = new SourceConfig.Static("AKIASOURCE", "source-secret", null);

    @TempDir
    private Path folder;

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    private final CallerIdentities identities = identities(CallerIdentities.PATIENCE);

    @AfterEach
    void close() {
        identities.close();
    }

    @Test
    void saysWhoseKeysASourceHas() throws InterruptedException {
        sts.enqueue(caller("arn:aws:iam::111122223333:user/proxy"));

        assertThat(of(KEYS)).isEqualTo(new Known("111122223333", "arn:aws:iam::111122223333:user/proxy"));
        assertThat(Objects.requireNonNull(sts.takeRequest().getBody()).string(StandardCharsets.UTF_8))
                .contains("Action=GetCallerIdentity");
    }

    @Test
    void saysWhoseSessionCredentialsAre() throws InterruptedException {
        sts.enqueue(caller("arn:aws:sts::111122223333:assumed-role/bedrock/team"));
        SessionCredentials session = new SessionCredentials("ASIASESSION", "session-secret", "session-token", null);

        assertThat(identities.of(session, "us-east-1", endpoint()))
                .isEqualTo(new Known("111122223333", "arn:aws:sts::111122223333:assumed-role/bedrock/team"));
        assertThat(sts.takeRequest().getHeaders().get("X-Amz-Security-Token")).isEqualTo("session-token");
    }

    @Test
    void knowsTheSessionOfARoleWithoutAsking() {
        AssumedRole role = AssumedRole.of("arn:aws-us-gov:iam::111122223333:role/path/hub", "team", "us-gov-west-1");

        assertThat(of(new SourceConfig.RoleSession(role, KEYS)))
                .isEqualTo(new Known("111122223333", "arn:aws-us-gov:sts::111122223333:assumed-role/hub/team"));
        assertThat(sts.getRequestCount()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheKeys() {
        sts.enqueue(StsAnswers.error(403, "InvalidClientTokenId", "The security token is invalid source-secret"));

        assertThat(of(KEYS))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith(
                                        "STS answered InvalidClientTokenId for source static AKIASOURCE: check the source credentials")
                                .contains("The security token is invalid")
                                .doesNotContain("source-secret"));
    }

    @Test
    void blamesTheWayAndNoTrustPolicyWhenItMayNotAsk() {
        sts.enqueue(StsAnswers.error(403, "AccessDenied", "with an explicit deny in a VPC endpoint policy"));

        assertThat(of(KEYS))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .contains("VPC endpoint")
                                .doesNotContain("trust policy"));
    }

    @Test
    void saysWhyASourceHasNoKeys() {
        SourceConfig missing = new SourceConfig.KeysFile(folder.resolve("keys.json"));

        assertThat(of(missing))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .contains("keys.json cannot be read")
                                .doesNotContain("proxy's log"));
        assertThat(sts.getRequestCount()).isZero();
    }

    @Test
    void doesNotWaitForAnStsThatHangs() {
        sts.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        try (CallerIdentities impatient = identities(Duration.ofMillis(50))) {
            assertThat(impatient.of(KEYS, "us-east-1", endpoint()))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.reason()).startsWith("no answer within"));
        }
    }

    @Test
    void takesARegionThatCannotBeForAReason() {
        assertThat(identities.of(KEYS, "nowhere", null))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).contains("region: nowhere"));
    }

    private CallerIdentity of(SourceConfig source) {
        return identities.of(source, "us-east-1", endpoint());
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + sts.getPort());
    }

    private static CallerIdentities identities(Duration patience) {
        CredentialsConfig config = new CredentialsConfig(List.of(), null, false, false);
        return new CallerIdentities(new AwsSources(config, InstantSource.system()), InstantSource.system(), patience);
    }

    private static MockResponse caller(String arn) {
        return StsAnswers.xml(200, """
                <GetCallerIdentityResponse xmlns="%s"><GetCallerIdentityResult><Arn>%s</Arn>\
                <UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult>\
                <ResponseMetadata><RequestId>c6104cbe</RequestId></ResponseMetadata>\
                </GetCallerIdentityResponse>""".formatted(StsAnswers.NAMESPACE, arn));
    }
}
