package io.bedrockproxy.emulator.sts;

import static io.bedrockproxy.emulator.sts.StsXml.element;

import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.KeyRing;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides who may assume which role, and issues the credentials. Thread-safe. */
public final class Sessions {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Duration CHAINED_MAX = Duration.ofHours(1);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private final KeyRing keys;
    private final Duration longestLife;
    private final RandomGenerator random;
    private volatile @Nullable Map<String, RoleRule> roles;

    /**
     * @param keys takes the issued credentials
     * @param longestLife caps their life, below what AWS allows to ask for
     * @param random makes them; used by several threads
     */
    public Sessions(KeyRing keys, Duration longestLife, RandomGenerator random) {
        this.keys = keys;
        this.longestLife = longestLife;
        this.random = random;
    }

    /** From now on these roles exist and no others; before the first call every role exists and trusts everybody. */
    public void roles(Collection<RoleRule> rules) {
        roles = rules.stream().collect(Collectors.toUnmodifiableMap(RoleRule::roleArn, Function.identity()));
    }

    StsOutcome assumeRole(Map<String, String> parameters, AccessKey caller, StsMode mode, Instant now) {
        StsFault fault = AssumeRoleRequest.check(parameters);
        if (fault != null) {
            return fault;
        }
        String roleArn = parameters.getOrDefault("RoleArn", "");
        Map<String, RoleRule> known = roles;
        RoleRule rule = known == null ? RoleRule.of(roleArn, null) : known.get(roleArn);
        boolean trusted = rule != null
                && !rule.denied()
                && (rule.externalId() == null || rule.externalId().equals(parameters.get("ExternalId")));
        if (rule == null || !trusted) {
            return new StsFault(
                    403,
                    "AccessDenied",
                    "User: " + arn(caller) + " is not authorized to perform: sts:AssumeRole on resource: " + roleArn);
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(parameters.getOrDefault("DurationSeconds", "3600")));
        if (asked.compareTo(rule.maxDuration()) > 0) {
            return StsFault.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (caller.session() != null && asked.compareTo(CHAINED_MAX) > 0) {
            return StsFault.validation("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining.");
        }
        RoleSession session = new RoleSession(roleArn, parameters.getOrDefault("RoleSessionName", ""));
        return grant(session, expiration(asked, mode, now), parameters, now);
    }

    private Instant expiration(Duration asked, StsMode mode, Instant now) {
        Duration life = asked.compareTo(longestLife) < 0 ? asked : longestLife;
        Instant end = switch (mode) {
            case EXPIRED_CREDENTIALS -> now.minus(Duration.ofMinutes(1));
            case SHORT_CREDENTIALS -> now.plus(SHORT_LIFE);
            default -> now.plus(life);
        };
        return end.truncatedTo(ChronoUnit.SECONDS); // as the wire has it
    }

    private StsOutcome grant(RoleSession session, Instant expiration, Map<String, String> parameters, Instant now) {
        AccessKey key = new AccessKey("ASIA" + id(), secret(30), "IQoJb3JpZ2luX2Vj" + secret(480), expiration, session);
        keys.add(key, now);
        String sourceIdentity = parameters.get("SourceIdentity");
        String policy = parameters.get("Policy");
        return new StsOutcome.Granted("<AssumedRoleUser>"
                + element("AssumedRoleId", "AROA" + id() + ':' + session.sessionName())
                + element("Arn", session.assumedRoleArn())
                + "</AssumedRoleUser><Credentials>"
                + element("AccessKeyId", key.accessKeyId())
                + element("SecretAccessKey", key.secretAccessKey())
                + element("SessionToken", String.valueOf(key.sessionToken()))
                + element("Expiration", expiration.toString())
                + "</Credentials>"
                + (policy == null ? "" : element("PackedPolicySize", String.valueOf(policy.length() * 100 / 2048)))
                + (sourceIdentity == null ? "" : element("SourceIdentity", sourceIdentity)));
    }

    StsOutcome callerIdentity(AccessKey caller) {
        String arn = arn(caller);
        return new StsOutcome.Granted(element("Arn", arn)
                + element("UserId", caller.session() == null ? "AIDAEMULATOR00000000" : caller.accessKeyId())
                + element("Account", arn.split(":", -1)[4]));
    }

    private static String arn(AccessKey caller) {
        RoleSession session = caller.session();
        return session == null ? "arn:aws:iam::000000000000:user/emulator" : session.assumedRoleArn();
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    private String secret(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }
}
