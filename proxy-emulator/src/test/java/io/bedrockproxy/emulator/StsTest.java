package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.StsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** The STS side through the AWS SDK's own client. */
@ExtendWith(LeakDetection.class)
class StsTest {
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());
    private final StsClient sts = SdkClients.sts(emulator, SdkClients.sourceKey());

    @AfterEach
    void stop() {
        sts.close();
        emulator.close();
    }

    private static StsException refused(StsClient client, Consumer<AssumeRoleRequest.Builder> more) {
        return catchThrowableOfType(
                StsException.class,
                () -> client.assumeRole(request -> {
                    request.roleArn(SdkClients.ROLE).roleSessionName("tester");
                    more.accept(request);
                }));
    }

    private static String code(StsException failure) {
        return failure.awsErrorDetails().errorCode();
    }

    @Test
    void grantsCredentialsAndRecordsTheParameters() {
        Instant before = InstantSource.system().instant();
        AssumeRoleResponse granted = sts.assumeRole(request -> request.roleArn(SdkClients.ROLE)
                .roleSessionName("a@b")
                .externalId("e/1:2")
                .durationSeconds(900)
                .policy(POLICY)
                .tags(Tag.builder().key("team").value("a + b").build())
                .sourceIdentity("me"));

        assertThat(granted.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
        assertThat(granted.credentials().expiration()).isBetween(before.plusSeconds(898), before.plusSeconds(930));
        assertThat(granted.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/bedrock/a@b");
        assertThat(granted.sourceIdentity()).isEqualTo("me");
        StsCall call = emulator.recorder().stsCalls().get(0);
        assertThat(call.action()).isEqualTo("AssumeRole");
        assertThat(call.errorCode()).isNull();
        assertThat(call.accessKeyId()).isEqualTo(Emulator.ACCESS_KEY_ID);
        assertThat(call.callerArn()).isEqualTo(Emulator.USER_ARN);
        assertThat(call.region()).isEqualTo("eu-central-1");
        assertThat(call.roleArn()).isEqualTo(SdkClients.ROLE);
        assertThat(call.sessionName()).isEqualTo("a@b");
        assertThat(call.externalId()).isEqualTo("e/1:2");
        assertThat(call.durationSeconds()).isEqualTo("900");
        assertThat(call.tags()).containsExactly(Map.entry("team", "a + b"));
        assertThat(call.sourceIdentity()).isEqualTo("me");
        assertThat(call.policy()).isEqualTo(POLICY);
        assertThat(call.asked()).asString().doesNotContain("e/1:2");
        assertThat(call.parameters())
                .containsEntry("ExternalId", "e/1:2")
                .containsEntry("Tags.member.1.Value", "a + b")
                .containsEntry("DurationSeconds", "900");
        assertThat(emulator.recorder().assumeRoleCount()).isEqualTo(1);
    }

    @Test
    void saysWhoCalls() {
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/emulator");
        try (StsClient role = SdkClients.sts(emulator, SdkClients.assumeRole(emulator, request -> {}))) {
            GetCallerIdentityResponse identity = role.getCallerIdentity();

            assertThat(identity.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/bedrock/tester");
            assertThat(identity.account()).isEqualTo("123456789012");
        }
    }

    @Test
    void capsTheLifeOfCredentials() {
        try (Emulator brief = Emulator.start(EmulatorConfig.defaults().withCredentialLife(Duration.ofSeconds(20)))) {
            AwsSessionCredentials granted = SdkClients.assumeRole(brief, request -> request.durationSeconds(3600));

            assertThat(granted.expirationTime().orElseThrow())
                    .isBefore(InstantSource.system().instant().plusSeconds(21));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::1:role/x, tester, 900, , ValidationError",
        "arn:aws:iam::123456789012:role/x, t, 900, , ValidationError",
        "arn:aws:iam::123456789012:role/x, two words, 900, , ValidationError",
        "arn:aws:iam::123456789012:role/x, tester, 899, , ValidationError",
        "arn:aws:iam::123456789012:role/x, tester, 43201, , ValidationError",
        "arn:aws:iam::123456789012:role/x, tester, 900, {, MalformedPolicyDocument",
        "arn:aws:iam::123456789012:role/x, tester, 900, {\"Statement\":[]}, MalformedPolicyDocument",
    })
    void refusesParametersBeyondTheirLimits(String role, String session, int seconds, String policy, String expected) {
        StsException failure = refused(
                sts,
                request -> request.roleArn(role)
                        .roleSessionName(session)
                        .durationSeconds(seconds)
                        .policy(policy));

        assertThat(code(failure)).isEqualTo(expected);
        assertThat(failure.statusCode()).isEqualTo(400);
    }

    @Test
    void knowsOnlyTheRolesItWasGiven() {
        String other = "arn:aws:iam::123456789012:role/other";
        emulator.roles(List.of(
                new RoleRule(SdkClients.ROLE, "secret-id", Duration.ofHours(1), false), RoleRule.denied(other)));

        SdkClients.assumeRole(emulator, request -> request.externalId("secret-id"));
        assertThat(code(refused(sts, request -> {}))).isEqualTo("AccessDenied");
        assertThat(code(refused(sts, request -> request.externalId("another")))).isEqualTo("AccessDenied");
        assertThat(code(refused(sts, request -> request.roleArn(other)))).isEqualTo("AccessDenied");
        assertThat(code(refused(sts, request -> request.roleArn(other + "2")))).isEqualTo("AccessDenied");
        StsException tooLong =
                refused(sts, request -> request.externalId("secret-id").durationSeconds(3601));
        assertThat(code(tooLong)).isEqualTo("ValidationError");
        assertThat(tooLong).hasMessageContaining("MaxSessionDuration");
    }

    @Test
    void limitsChainedRolesToAnHour() {
        try (StsClient role = SdkClients.sts(emulator, SdkClients.assumeRole(emulator, request -> {}))) {
            StsException failure = refused(role, request -> request.durationSeconds(3601));
            assertThat(code(failure)).isEqualTo("ValidationError");
            assertThat(failure)
                    .hasMessageContaining("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                            + " assumed by role chaining");
            assertThat(refused(role, request -> request.durationSeconds(3600))).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"AKIANOBODY0000000000, x, InvalidClientTokenId", "AKIAEMULATOR00000000, wrong, SignatureDoesNotMatch"})
    void refusesWrongKeys(String id, String secret, String expected) {
        try (StsClient wrong = SdkClients.sts(emulator, AwsBasicCredentials.create(id, secret))) {
            StsException failure = refused(wrong, request -> {});

            assertThat(code(failure)).isEqualTo(expected);
            assertThat(failure.statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_500, InternalFailure, 500",
        "UNAVAILABLE, ServiceUnavailable, 503",
        "THROTTLED, Throttling, 400",
        "DENIED, AccessDenied, 403",
        "REGION_DISABLED, RegionDisabledException, 403",
        "EXPIRED_SOURCE, ExpiredToken, 403",
        "IDP_UNREACHABLE, IDPCommunicationError, 400",
        "PACKED_POLICY_TOO_LARGE, PackedPolicyTooLarge, 400",
    })
    void failsAsAskedAndHeals(StsMode mode, String expected, int status) {
        emulator.stsMode(mode);
        StsException failure = refused(sts, request -> {});

        assertThat(code(failure)).isEqualTo(expected);
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(emulator.recorder().stsCalls().get(0).errorCode()).isEqualTo(expected);
        emulator.stsMode(StsMode.OK);
        SdkClients.assumeRole(emulator, request -> {});
    }

    /** The SDK learns the time from the Date header; it keeps it for the whole JVM, so it has to learn it back. */
    @Test
    void showsTheTimeItGoesBy() {
        try (StsClient learning = StsClient.builder()
                .endpointOverride(emulator.stsEndpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(SdkClients.sourceKey()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            for (StsMode mode : List.of(StsMode.SKEWED, StsMode.OK)) {
                emulator.stsMode(mode);
                learning.getCallerIdentity();
            }
        }

        assertThat(emulator.recorder().stsCalls())
                .extracting(StsCall::errorCode)
                .containsExactly("SignatureDoesNotMatch", null, "SignatureDoesNotMatch", null);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "CUT", "MALFORMED"})
    void breaksAsAsked(StsMode mode) {
        emulator.stsMode(mode);

        try (StsClient impatient = SdkClients.sts(emulator, SdkClients.sourceKey())) {
            assertThatThrownBy(() -> impatient.getCallerIdentity(request ->
                            request.overrideConfiguration(call -> call.apiCallTimeout(Duration.ofMillis(300)))))
                    .isInstanceOfAny(SdkClientException.class, StsException.class);
        }
    }

    @Test
    void grantsExpiredAndShortLivedCredentialsAsAsked() {
        Instant now = InstantSource.system().instant();
        emulator.stsMode(StsMode.EXPIRED_CREDENTIALS);
        AwsSessionCredentials expired = SdkClients.assumeRole(emulator, request -> {});
        emulator.stsMode(StsMode.SHORT_CREDENTIALS);
        AwsSessionCredentials brief = SdkClients.assumeRole(emulator, request -> {});

        assertThat(expired.expirationTime().orElseThrow()).isBefore(now);
        assertThat(brief.expirationTime().orElseThrow()).isBetween(now, now.plusSeconds(10));
        try (StsClient late = SdkClients.sts(emulator, expired)) {
            assertThat(code(refused(late, request -> {}))).isEqualTo("ExpiredToken");
        }
    }
}
