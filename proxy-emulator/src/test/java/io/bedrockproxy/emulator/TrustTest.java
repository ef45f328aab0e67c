package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.StsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** Trust policies, and what assuming a role asks for besides, through the AWS SDK's own client. */
@ExtendWith(LeakDetection.class)
class TrustTest {
    private static final String ROLE = SdkClients.ROLE;
    private static final String SECOND = "arn:aws:iam::222222222222:role/second";
    private static final String ANN = "arn:aws:iam::111122223333:user/ann";
    private static final Instant NOW = InstantSource.system().instant();

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());
    private final StsClient sts = SdkClients.sts(emulator, SdkClients.sourceKey());

    @AfterEach
    void stop() {
        sts.close();
        emulator.close();
    }

    private static String trust(String principal, String actions, String conditions) {
        return ("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':{'AWS':'" + principal
                        + "'},'Action':[" + actions + "],'Condition':{" + conditions + "}}]}")
                .replace('\'', '"');
    }

    private static String permissions(String action, String resource) {
        return ("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'" + action + "','Resource':'"
                        + resource + "'}]}")
                .replace('\'', '"');
    }

    private static StsException refused(StsClient client, Consumer<AssumeRoleRequest.Builder> more) {
        return catchThrowableOfType(
                StsException.class,
                () -> client.assumeRole(request -> {
                    request.roleArn(ROLE).roleSessionName("tester");
                    more.accept(request);
                }));
    }

    private static void assertDenied(StsException failure, String message) {
        assertThat(failure).isNotNull();
        assertThat(failure.statusCode()).isEqualTo(403);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    private static String deniedTo(String who, String action, String role) {
        return "User: " + who + " is not authorized to perform: " + action + " on resource: " + role;
    }

    @Test
    void askForTheExternalIdInTheTrustPolicy() {
        emulator.roles(List.of(RoleRule.of(ROLE, null)
                .withTrustPolicy(
                        trust(Emulator.USER_ARN, "'sts:AssumeRole'", "'StringEquals':{'sts:ExternalId':'theirs'}"))));

        assertThat(refused(sts, request -> request.externalId("theirs"))).isNull();
        String message = deniedTo(Emulator.USER_ARN, "sts:AssumeRole", ROLE);
        assertDenied(refused(sts, request -> request.externalId("other")), message);
        assertDenied(refused(sts, request -> {}), message);
    }

    @Test
    void trustsOneUserAndNotAnother() {
        emulator.addKey(AccessKey.longLived("AKIAANN0000000000000", "anns", ANN));
        emulator.addKey(new AccessKey(
                "ASIAANN0000000000000", "anns", "token", NOW.plus(Duration.ofHours(1)), Identity.user(ANN)));
        emulator.roles(List.of(RoleRule.of(ROLE, null).withTrustPolicy(trust(ANN, "'sts:AssumeRole'", ""))));

        assertDenied(refused(sts, request -> {}), deniedTo(Emulator.USER_ARN, "sts:AssumeRole", ROLE));
        try (StsClient ann = SdkClients.sts(emulator, AwsBasicCredentials.create("AKIAANN0000000000000", "anns"));
                StsClient brief = SdkClients.sts(
                        emulator, AwsSessionCredentials.create("ASIAANN0000000000000", "anns", "token"))) {
            assertThat(refused(ann, request -> {})).isNull();
            assertThat(refused(brief, request -> {})).isNull();
            assertThat(brief.getCallerIdentity().account()).isEqualTo("111122223333");
            emulator.removeKey("AKIAANN0000000000000");
            assertThat(refused(ann, request -> {}).awsErrorDetails().errorCode())
                    .isEqualTo("InvalidClientTokenId");
            emulator.expireIssuedCredentials();
            assertThat(refused(brief, request -> {}).awsErrorDetails().errorCode())
                    .isEqualTo("ExpiredToken");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'sts:AssumeRole'                                           | sts:TagSession
            'sts:AssumeRole','sts:TagSession'                          | sts:SetSourceIdentity
            'sts:AssumeRole','sts:TagSession','sts:SetSourceIdentity'  |
            'sts:*'                                                    |
            'sts:TagSession','sts:SetSourceIdentity'                   | sts:AssumeRole
            """)
    void askForTagsAndASourceIdentityByTheirOwnActions(String actions, String lacking) {
        emulator.roles(List.of(RoleRule.of(ROLE, null).withTrustPolicy(trust("000000000000", actions, ""))));

        StsException failure = refused(
                sts,
                request -> request.sourceIdentity("me")
                        .tags(Tag.builder().key("team").value("a").build()));

        if (lacking == null) {
            assertThat(failure).isNull();
        } else {
            assertDenied(failure, deniedTo(Emulator.USER_ARN, lacking, ROLE));
        }
    }

    @Test
    void looksAtTagsAndSessionNames() {
        emulator.roles(
                List.of(
                        RoleRule.of(ROLE, null)
                                .withTrustPolicy(
                                        trust(
                                                "*",
                                                "'sts:*'",
                                                "'StringEquals':{'aws:RequestTag/team':'red'},'StringLike':{'sts:RoleSessionName':'proxy-*'}"))));
        Tag red = Tag.builder().key("team").value("red").build();
        Tag blue = Tag.builder().key("team").value("blue").build();

        assertThat(refused(sts, request -> request.tags(red).roleSessionName("proxy-1")))
                .isNull();
        assertThat(refused(sts, request -> request.tags(red))).isNotNull();
        assertThat(refused(sts, request -> request.tags(blue).roleSessionName("proxy-1")))
                .isNotNull();
    }

    @Test
    void aChainedRoleTrustsTheFirstRoleAndNeedsItsPermission() {
        String session = "arn:aws:sts::123456789012:assumed-role/bedrock/tester";
        RoleRule first = RoleRule.of(ROLE, null);
        RoleRule second = RoleRule.of(SECOND, null).withTrustPolicy(trust(ROLE, "'sts:*'", ""));
        emulator.roles(List.of(first, second));
        String onlyBedrock = permissions("bedrock:*", "*");

        assertDenied(
                refused(sts, request -> request.roleArn(SECOND)),
                deniedTo(Emulator.USER_ARN, "sts:AssumeRole", SECOND));
        try (StsClient hop = SdkClients.sts(emulator, SdkClients.assumeRole(emulator, request -> {}));
                StsClient narrow =
                        SdkClients.sts(emulator, SdkClients.assumeRole(emulator, one -> one.policy(onlyBedrock)))) {
            assertThat(refused(hop, request -> request.roleArn(SECOND))).isNull();
            StsCall call = emulator.recorder().stsCalls().get(3);
            assertThat(call.callerArn()).isEqualTo(session);
            assertDenied(
                    refused(narrow, request -> request.roleArn(SECOND)),
                    deniedTo(session, "sts:AssumeRole", SECOND)
                            + " because no session policy allows the sts:AssumeRole action");
            emulator.roles(List.of(first.withPermissionsPolicy(onlyBedrock), second));
            assertDenied(
                    refused(hop, request -> request.roleArn(SECOND)),
                    deniedTo(session, "sts:AssumeRole", SECOND)
                            + " because no identity-based policy allows the sts:AssumeRole action");
            emulator.roles(List.of(first.withPermissionsPolicy(permissions("sts:AssumeRole", SECOND)), second));
            assertThat(refused(hop, request -> request.roleArn(SECOND))).isNull();
        }
    }

    @Test
    void aSourceIdentityIsInheritedAndCannotBeChanged() {
        try (StsClient hop =
                SdkClients.sts(emulator, SdkClients.assumeRole(emulator, request -> request.sourceIdentity("alice")))) {
            assertThat(hop.assumeRole(request -> request.roleArn(SECOND).roleSessionName("two"))
                            .sourceIdentity())
                    .isEqualTo("alice");
            assertThat(refused(hop, request -> request.sourceIdentity("alice"))).isNull();
            assertThat(refused(hop, request -> request.sourceIdentity("bob"))).isNotNull();
        }
    }

    private static String code(StsException failure) {
        return failure.awsErrorDetails().errorCode();
    }

    @Test
    void breaksOneRoleWhileAnotherWorks() {
        emulator.stsMode(ROLE, StsMode.THROTTLED);
        assertThat(code(refused(sts, request -> {}))).isEqualTo("Throttling");
        assertThat(refused(sts, request -> request.roleArn(SECOND))).isNull();
        emulator.stsMode(StsMode.ERROR_500);
        assertThat(code(refused(sts, request -> {}))).isEqualTo("Throttling");
        assertThat(code(refused(sts, request -> request.roleArn(SECOND)))).isEqualTo("InternalFailure");
        emulator.stsMode(StsMode.OK);
        emulator.stsMode(ROLE, null);
        assertThat(refused(sts, request -> {})).isNull();
    }

    @Test
    void refusesRolesWithMalformedPolicies() {
        RoleRule rule = RoleRule.of(ROLE, null);

        assertThatThrownBy(() -> rule.withTrustPolicy(permissions("sts:AssumeRole", "*")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule.withPermissionsPolicy(trust("*", "'sts:*'", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
