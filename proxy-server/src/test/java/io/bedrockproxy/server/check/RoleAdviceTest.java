package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.AssumedRole;
import io.bedrockproxy.core.credentials.CredentialsKey;
import io.bedrockproxy.core.credentials.SourceConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceRef;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what STS says about a role, with AWS's own words. */
class RoleAdviceTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/bedrock";
    private static final String CALLER = "arn:aws:sts::444455556666:assumed-role/proxy/i-0123";
    private static final String DENIED = "User: " + CALLER + " is not authorized to perform: ";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDenied | sts:AssumeRole on resource: " + ROLE + " | STS does not tell which it is",
                "AccessDenied | sts:AssumeRole because no resource-based policy allows the sts:AssumeRole action"
                        + " | STS does not tell which it is",
                "AccessDenied | sts:AssumeRole because no identity-based policy allows the sts:AssumeRole action"
                        + " | the caller lacks the permission",
                "AccessDenied | sts:AssumeRole with an explicit deny in a service control policy | look for a Deny",
                "AccessDenied | sts:AssumeRole with an explicit deny in an identity-based policy | look for a Deny",
                "AccessDenied | sts:AssumeRole because no session policy allows | narrowed down by a session policy",
                "AccessDenied | sts:AssumeRole because no permissions boundary allows | the permissions boundary of",
                "AccessDenied | sts:AssumeRole because no service control policy allows | the organization's",
                "AccessDenied | sts:AssumeRole because no VPC endpoint policy allows | the policy of the VPC endpoint",
                "AccessDenied | sts:TagSession on resource: " + ROLE + " | has to allow sts:TagSession",
                "AccessDenied | sts:SetSourceIdentity on resource: " + ROLE + " | has to allow sts:SetSourceIdentity",
                "ValidationError | 1 validation error detected: Value '!' at 'roleSessionName' | correct the value",
                "ValidationError | The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
                        + " | set roles.prod.duration to the role's maximum session duration",
                "ValidationError | The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                        + " role chaining | set roles.prod.duration to 1h or less",
                "MalformedPolicyDocument | Syntax errors in policy. | correct roles.prod.session-policy",
                "PackedPolicyTooLarge | Packed policy consumes 157% | shorten roles.prod.session-policy",
                "RegionDisabledException | STS is not activated in this region | activate STS in eu-west-1",
                "ExpiredToken | The security token included in the request is expired | renew those of",
                "InvalidClientTokenId | The security token included in the request is invalid. | renew those of",
                "SignatureDoesNotMatch | The request signature we calculated does not match | renew those of",
                "SignatureDoesNotMatch | this machine's clock is 1200 s ahead of AWS's | correct this machine's clock",
                "SignatureDoesNotMatch | Signature expired: 20260101T000000Z is now earlier | correct this machine's",
                "timeout | no answer | see the line sts eu-west-1",
                "unknown-host | no such host | see the line sts eu-west-1",
                "tls | PKIX path building failed | see the line sts eu-west-1",
                "Throttling | Rate exceeded | try again in a minute",
                "SomethingNew | that nobody knows yet | try again in a minute"
            })
    void whatStsSaysHasItsAdvice(String code, String message, String advice) {
        assertThat(RoleAdvice.of(code, DENIED + message, facts(null))).contains(advice);
    }

    @Test
    void theExternalIdIsSpokenAboutAndNeverRepeated() {
        String without = RoleAdvice.of("AccessDenied", DENIED + "sts:AssumeRole", facts(null));
        assertThat(without)
                .contains("no external ID is configured", "set roles.prod.external-id")
                .contains("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:role/proxy\"},"
                        + "\"Action\":[\"sts:AssumeRole\"]}");

        String with = RoleAdvice.of("AccessDenied", DENIED + "sts:AssumeRole", facts("the-agreed-one"));
        assertThat(with)
                .contains("an external ID is configured: roles.prod.external-id has to equal")
                .contains(",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"<roles.prod.external-id>\"}}}")
                .doesNotContain("the-agreed-one");
    }

    @Test
    void aCallerThatCouldNotBeToldIsAPlaceToFill() {
        RoleFacts unknown = new RoleFacts(facts(null).used(), null);
        assertThat(RoleAdvice.of("AccessDenied", "", unknown)).contains("<the ARN of who the proxy runs as>");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sts::444455556666:assumed-role/proxy/i-0123, arn:aws:iam::444455556666:role/proxy",
        "arn:aws-cn:sts::444455556666:assumed-role/proxy/a@b, arn:aws-cn:iam::444455556666:role/proxy",
        "arn:aws:iam::444455556666:user/ci, arn:aws:iam::444455556666:user/ci",
        "arn:aws:iam::444455556666:root, arn:aws:iam::444455556666:root"
    })
    void aTrustPolicyNamesTheRoleAndNotItsSession(String caller, String principal) {
        assertThat(Principals.ofCaller(caller)).isEqualTo(principal);
        assertThat(Principals.account(caller)).isEqualTo("444455556666");
    }

    private static RoleFacts facts(@Nullable String externalId) {
        AssumedRole role =
                new AssumedRole(ROLE, externalId, "app", Map.of(), null, null, Duration.ofHours(2), "eu-west-1", null);
        RoleSettings settings = new RoleSettings(
                ROLE,
                externalId,
                Duration.ofHours(2),
                null,
                Map.of(),
                null,
                new RoleSettings.SessionPolicy.None(),
                new SourceRef.DefaultChain(),
                "eu-west-1",
                null);
        CredentialsKey key = CredentialsKey.assume(role, new SourceConfig.DefaultChain());
        return new RoleFacts(new UsedRole("prod", settings, key, null), CALLER);
    }
}
