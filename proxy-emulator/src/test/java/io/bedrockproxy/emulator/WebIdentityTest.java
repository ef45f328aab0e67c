package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.WebIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** AssumeRoleWithWebIdentity, which nobody signs. */
@ExtendWith(LeakDetection.class)
class WebIdentityTest {
    private static final String ROLE = SdkClients.ROLE;
    private static final Instant NOW = InstantSource.system().instant();

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void takesWebIdentityTokensThatItKnows() {
        emulator.roles(List.of(RoleRule.of(ROLE, null)
                .withTrustPolicy(("{'Statement':{'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':"
                                + "{'Federated':'arn:aws:iam::123456789012:oidc-provider/idp.example'},'Condition':"
                                + "{'StringEquals':{'idp.example:sub':'pod','idp.example:aud':'sts.amazonaws.com'}}}}")
                        .replace('\'', '"'))));
        Instant later = NOW.plus(Duration.ofHours(1));
        emulator.addWebIdentity(new WebIdentity("a.b.1", "idp.example", "pod", "sts.amazonaws.com", later));
        emulator.addWebIdentity(new WebIdentity("a.b.2", "idp.example", "other", "sts.amazonaws.com", later));
        emulator.addWebIdentity(new WebIdentity("a.b.3", "idp.example", "pod", "sts.amazonaws.com", NOW));

        try (StsClient anonymous = anonymous()) {
            AssumeRoleWithWebIdentityResponse granted = anonymous.assumeRoleWithWebIdentity(
                    request -> request.roleArn(ROLE).roleSessionName("pod").webIdentityToken("a.b.1"));
            assertThat(granted.credentials().accessKeyId()).startsWith("ASIA");
            assertThat(granted.subjectFromWebIdentityToken()).isEqualTo("pod");
            assertThat(granted.provider()).endsWith("oidc-provider/idp.example");
            assertThat(granted.assumedRoleUser().arn()).endsWith(":assumed-role/bedrock/pod");
            assertThat(webIdentityError(anonymous, "a.b.2"))
                    .isEqualTo("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
            assertThat(webIdentityError(anonymous, "a.b.3"))
                    .startsWith("ExpiredTokenException: Token expired: current date/time ");
            assertThat(webIdentityError(anonymous, "a.b.4")).startsWith("InvalidIdentityToken: Couldn't retrieve");
            assertThat(webIdentityError(anonymous, "opaque")).startsWith("InvalidIdentityToken: The ID Token provided");
        }

        assertThat(emulator.recorder().stsCalls())
                .extracting(StsCall::webIdentityToken)
                .containsExactly("a.b.1", "a.b.2", "a.b.3", "a.b.4", "opaque");
        assertThat(emulator.recorder().stsCalls().get(0).toString()).doesNotContain("a.b.1");
    }

    private StsClient anonymous() {
        return StsClient.builder()
                .endpointOverride(emulator.stsEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static String webIdentityError(StsClient client, String token) {
        StsException failure = catchThrowableOfType(
                StsException.class,
                () -> client.assumeRoleWithWebIdentity(
                        request -> request.roleArn(ROLE).roleSessionName("pod").webIdentityToken(token)));
        return failure.awsErrorDetails().errorCode() + ": "
                + failure.awsErrorDetails().errorMessage();
    }
}
