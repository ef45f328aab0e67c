package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.CheckBench.EXTERNAL_ID;
import static io.bedrockproxy.server.check.CheckBench.ROLE_ARN;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.StsMode;
import io.bedrockproxy.server.check.CheckBench.Wrong;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One deliberate mistake with a source or a role.
 *
 * @param name what it is
 * @param aws makes it there
 * @param hocon makes it here
 * @param line the check that fails
 * @param said what the line holds of AWS's answer
 * @param advice what its advice holds
 */
record Mistake(String name, Consumer<Emulator> aws, String hocon, String line, String said, List<String> advice) {
    private static final String CALLER_ROLE = "arn:aws:iam::000000000000:role/caller";
    private static final String SESSION_KEYS = "sources.emulator { access-key-id = ASIACALLER, secret-access-key = \""
            + Wrong.SECRET_KEY + "\", session-token = " + Wrong.SESSION_TOKEN + " }";
    private static final String ROLE_LINE = "role test as app";
    private static final String SOURCE_LINE = "source emulator";

    @Override
    public String toString() {
        return name;
    }

    private static Mistake here(String name, String hocon, String line, String said, String... advice) {
        return new Mistake(name, aws -> {}, hocon, line, said, List.of(advice));
    }

    private static Mistake there(String name, Consumer<Emulator> aws, String said, String... advice) {
        return new Mistake(name, aws, "", ROLE_LINE, said, List.of(advice));
    }

    private static Mistake both(String name, Consumer<Emulator> aws, String hocon, String said, String... advice) {
        return new Mistake(name, aws, hocon, ROLE_LINE, said, List.of(advice));
    }

    /** The table. */
    static Stream<Mistake> all() {
        List<Mistake> all = new ArrayList<>(denials());
        all.addAll(parameters());
        all.addAll(sources());
        return all.stream();
    }

    private static List<Mistake> denials() {
        return List.of(
                here(
                        "wrong external ID",
                        "roles.test.external-id = " + Wrong.EXTERNAL_ID,
                        ROLE_LINE,
                        "STS says AccessDenied",
                        "an external ID is configured: roles.test.external-id has to equal sts:ExternalId",
                        "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"<roles.test.external-id>\"}}"),
                here(
                        "missing external ID",
                        "roles.test.external-id = null",
                        ROLE_LINE,
                        "STS says AccessDenied",
                        "no external ID is configured: if the trust policy asks for one (sts:ExternalId), set"
                                + " roles.test.external-id"),
                there(
                        "trust policy without the principal",
                        roles(trusting("arn:aws:iam::000000000000:user/somebody-else", "sts:AssumeRole")),
                        "User: " + Emulator.USER_ARN + " is not authorized to perform: sts:AssumeRole",
                        "lets the caller " + Emulator.USER_ARN + " in",
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + Emulator.USER_ARN
                                + "\"},\"Action\":[\"sts:AssumeRole\"],"),
                both(
                        "trust policy without the role that the proxy runs as",
                        sessionKey(trusting("arn:aws:iam::000000000000:role/somebody-else", "sts:AssumeRole")),
                        SESSION_KEYS,
                        "is not authorized to perform: sts:AssumeRole",
                        "lets the caller " + CALLER_ROLE + " in",
                        "\"Principal\":{\"AWS\":\"" + CALLER_ROLE + "\"}"),
                both(
                        "source without permission",
                        sessionKey(RoleRule.of(ROLE_ARN, EXTERNAL_ID)),
                        SESSION_KEYS,
                        "because no identity-based policy allows the sts:AssumeRole action",
                        "the caller lacks the permission: add to the policies of " + CALLER_ROLE + ": "
                                + "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"" + ROLE_ARN),
                there(
                        "role that does not exist",
                        roles(RoleRule.of(CALLER_ROLE, null)),
                        "STS says AccessDenied",
                        "(1) the role exists: " + ROLE_ARN),
                both(
                        "session tags that the trust policy does not let in",
                        roles(trusting(Emulator.USER_ARN, "sts:AssumeRole")),
                        "roles.test.session-tags { team = \"{client}\" }",
                        "sts:TagSession",
                        "has to allow sts:TagSession besides",
                        "\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]",
                        "or leave out roles.test.session-tags"),
                both(
                        "source identity that the trust policy does not let in",
                        roles(trusting(Emulator.USER_ARN, "sts:AssumeRole")),
                        "roles.test.source-identity = \"{client}\"",
                        "sts:SetSourceIdentity",
                        "has to allow sts:SetSourceIdentity besides",
                        "or leave out roles.test.source-identity"));
    }

    private static List<Mistake> parameters() {
        return List.of(
                both(
                        "duration above the role's maximum",
                        roles(RoleRule.of(ROLE_ARN, EXTERNAL_ID).withMaxDuration(Duration.ofHours(1))),
                        "roles.test.duration = 2h",
                        "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration",
                        "set roles.test.duration to the role's maximum session duration or less",
                        "it is 120 min now"),
                both(
                        "more than an hour for a role that the session of another role assumes",
                        sessionKey(RoleRule.of(ROLE_ARN, EXTERNAL_ID), trustingNobodyInParticular()),
                        SESSION_KEYS + ", roles.test.duration = 2h",
                        "1 hour session limit for roles assumed by role chaining",
                        "set roles.test.duration to 1h or less: " + CALLER_ROLE + " is a role itself"),
                there(
                        "session policy and tags too large when packed",
                        aws -> aws.stsMode(ROLE_ARN, StsMode.PACKED_POLICY_TOO_LARGE),
                        "PackedPolicyTooLarge",
                        "shorten roles.test.session-policy"),
                there(
                        "STS that is not active in the region",
                        aws -> aws.stsMode(ROLE_ARN, StsMode.REGION_DISABLED),
                        "RegionDisabledException",
                        "activate STS in us-east-1",
                        "sts.region or roles.test.sts-region"),
                there(
                        "STS that throttles",
                        aws -> aws.stsMode(ROLE_ARN, StsMode.THROTTLED),
                        "Throttling: Rate exceeded",
                        "try again in a minute"),
                there(
                        "STS whose answer is cut",
                        aws -> aws.stsMode(ROLE_ARN, StsMode.MALFORMED),
                        "malformed-answer",
                        "something stands between this machine and STS"),
                there(
                        "STS that grants what has ended",
                        aws -> aws.stsMode(ROLE_ARN, StsMode.EXPIRED_CREDENTIALS),
                        "expired-answer: they expired at",
                        "correct this machine's clock"));
    }

    private static List<Mistake> sources() {
        return List.of(
                here(
                        "secret key of another id",
                        "sources.emulator.secret-access-key = \"" + Wrong.SECRET_KEY + '"',
                        SOURCE_LINE,
                        "AWS refuses key " + Emulator.ACCESS_KEY_ID,
                        "sources.emulator.secret-access-key does not belong to its access-key-id"),
                here(
                        "key that nobody knows",
                        "sources.emulator.access-key-id = AKIANOBODY",
                        SOURCE_LINE,
                        "InvalidClientTokenId: AWS refuses key AKIANOBODY",
                        "check that it is active",
                        "sources.emulator.access-key-id"),
                new Mistake(
                        "temporary keys that have ended",
                        aws -> aws.addKey(callerKey(Instant.EPOCH)),
                        SESSION_KEYS,
                        SOURCE_LINE,
                        "ExpiredToken: AWS refuses key ASIACALLER",
                        List.of("put new keys into sources.emulator", "sources.emulator.file")));
    }

    private static Consumer<Emulator> roles(RoleRule... rules) {
        return aws -> aws.roles(List.of(rules));
    }

    /** The source's keys are those of a session whose role may do nothing in particular. */
    private static Consumer<Emulator> sessionKey(RoleRule rule, RoleRule... callers) {
        return aws -> {
            List<RoleRule> all = new ArrayList<>(List.of(rule));
            all.addAll(
                    callers.length > 0
                            ? List.of(callers)
                            : List.of(RoleRule.of(CALLER_ROLE, null).withPermissionsPolicy(permissions())));
            aws.roles(all);
            aws.addKey(callerKey(null));
        };
    }

    private static RoleRule trustingNobodyInParticular() {
        return RoleRule.of(CALLER_ROLE, null);
    }

    private static AccessKey callerKey(@Nullable Instant expiration) {
        return new AccessKey(
                "ASIACALLER",
                Wrong.SECRET_KEY,
                Wrong.SESSION_TOKEN,
                expiration,
                Identity.of(new RoleSession(CALLER_ROLE, "i-0123456789")));
    }

    private static RoleRule trusting(String principal, String action) {
        return RoleRule.of(ROLE_ARN, EXTERNAL_ID).withTrustPolicy(trust(principal, action));
    }

    static String trust(String principal, String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"" + action + "\"}]}";
    }

    private static String permissions() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"bedrock:*\","
                + "\"Resource\":\"*\"}]}";
    }
}
