package io.bedrockproxy.emulator.sts;

import static io.bedrockproxy.emulator.sts.StsXml.element;

import io.bedrockproxy.emulator.iam.AccessRequest;
import io.bedrockproxy.emulator.iam.EffectivePermissions;
import io.bedrockproxy.emulator.iam.MalformedPolicyException;
import io.bedrockproxy.emulator.iam.PolicyDocument;
import io.bedrockproxy.emulator.recording.StsParameters;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.RoleSession;
import io.bedrockproxy.emulator.signature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actions: who may assume which role, and who somebody is. Thread-safe. */
public final class Sessions {
    private static final Duration CHAINED_MAX = Duration.ofHours(1);

    private final Roles roles;
    private final TrustCheck trust;
    private final WebIdentities webIdentities;
    private final CredentialIssuer issuer;

    /**
     * @param roles the roles that exist
     * @param webIdentities the web identity tokens that are taken
     * @param issuer makes the credentials
     */
    public Sessions(Roles roles, WebIdentities webIdentities, CredentialIssuer issuer) {
        this.roles = roles;
        this.trust = new TrustCheck(roles);
        this.webIdentities = webIdentities;
        this.issuer = issuer;
    }

    StsOutcome assumeRole(StsParameters parameters, Verdict.Verified signed, StsMode mode, Instant now) {
        StsFault fault = AssumeRoleRequest.check(parameters);
        if (fault != null) {
            return fault;
        }
        Identity caller = signed.key().owner();
        String roleArn = String.valueOf(parameters.roleArn());
        RoleRule rule = roles.find(roleArn);
        if (rule == null) {
            AccessRequest request = new AccessRequest("sts:AssumeRole", roleArn, null, Map.of());
            return TrustCheck.denied(EffectivePermissions.message(caller.arn(), request));
        }
        fault = trust.assumeRole(rule, caller, parameters, signed.region());
        fault = fault != null ? fault : duration(rule, caller.session() != null, parameters);
        if (fault != null) {
            return fault;
        }
        String sourceIdentity =
                parameters.sourceIdentity() == null ? caller.sourceIdentity() : parameters.sourceIdentity();
        return grant(roleArn, sourceIdentity, parameters, "", mode, now);
    }

    StsOutcome assumeRoleWithWebIdentity(StsParameters parameters, StsMode mode, Instant now) {
        StsFault fault = AssumeRoleRequest.check(parameters);
        fault = fault != null ? fault : AssumeRoleRequest.required(parameters, "WebIdentityToken");
        String token = String.valueOf(parameters.webIdentityToken());
        fault = fault != null ? fault : webIdentities.check(token, now);
        if (fault != null) {
            return fault;
        }
        WebIdentity identity = webIdentities.find(token);
        String roleArn = String.valueOf(parameters.roleArn());
        RoleRule rule = roles.find(roleArn);
        if (rule == null || identity == null) {
            return TrustCheck.notAuthorized();
        }
        fault = trust.webIdentity(rule, identity, parameters);
        fault = fault != null ? fault : duration(rule, false, parameters);
        String claims = element("SubjectFromWebIdentityToken", identity.subject())
                + element("Audience", identity.audience())
                + element("Provider", TrustCheck.providerArn(roleArn, identity));
        return fault != null ? fault : grant(roleArn, null, parameters, claims, mode, now);
    }

    private static @Nullable StsFault duration(RoleRule rule, boolean chained, StsParameters parameters) {
        String seconds = parameters.durationSeconds();
        Duration asked = asked(seconds);
        if (chained && asked.compareTo(CHAINED_MAX) > 0) {
            return StsFault.validation("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining");
        }
        return asked.compareTo(rule.maxDuration()) > 0
                ? StsFault.validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
                : null;
    }

    private static Duration asked(@Nullable String seconds) {
        return Duration.ofSeconds(seconds == null ? 3600 : Long.parseLong(seconds));
    }

    private StsOutcome grant(
            String roleArn,
            @Nullable String sourceIdentity,
            StsParameters parameters,
            String claims,
            StsMode mode,
            Instant now) {
        String json = parameters.policy();
        PolicyDocument policy = null;
        try {
            policy = json == null ? null : PolicyDocument.permissions(json);
        } catch (MalformedPolicyException e) {
            return new StsFault(400, "MalformedPolicyDocument", String.valueOf(e.getMessage()));
        }
        RoleSession session = new RoleSession(roleArn, String.valueOf(parameters.sessionName()));
        Identity owner = new Identity(session.assumedRoleArn(), session, parameters.tags(), sourceIdentity, policy);
        Instant expiration = issuer.expiration(asked(parameters.durationSeconds()), mode, now);
        return new StsOutcome.Granted(claims + issuer.issue(owner, session, parameters, expiration, now));
    }

    StsOutcome callerIdentity(AccessKey caller) {
        return new StsOutcome.Granted(element("Arn", caller.owner().arn())
                + element("UserId", caller.session() == null ? "AIDAEMULATOR00000000" : caller.accessKeyId())
                + element("Account", caller.owner().account()));
    }
}
