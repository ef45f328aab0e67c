package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.iam.AccessRequest;
import io.bedrockproxy.emulator.iam.EffectivePermissions;
import io.bedrockproxy.emulator.iam.PolicyDocument;
import io.bedrockproxy.emulator.iam.Principal;
import io.bedrockproxy.emulator.recording.StsParameters;
import io.bedrockproxy.emulator.signature.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides whether a role lets itself be assumed, by its trust policy and the caller's own permissions. */
final class TrustCheck {
    private final Roles roles;

    TrustCheck(Roles roles) {
        this.roles = roles;
    }

    /** The denial of AssumeRole, or of what it needs besides for tags and a source identity; or null. */
    @Nullable
    StsFault assumeRole(RoleRule rule, Identity caller, StsParameters parameters, String region) {
        AccessRequest request = new AccessRequest(
                "sts:AssumeRole", rule.roleArn(), caller.principal(), context(caller, parameters, region));
        String externalId = rule.externalId();
        if (rule.denied() || (externalId != null && !externalId.equals(parameters.externalId()))) {
            return denied(EffectivePermissions.message(caller.arn(), request));
        }
        List<String> actions = new ArrayList<>(List.of("sts:AssumeRole"));
        if (!parameters.tags().isEmpty()) {
            actions.add("sts:TagSession");
        }
        if (parameters.sourceIdentity() != null || caller.sourceIdentity() != null) {
            actions.add("sts:SetSourceIdentity");
        }
        for (String action : actions) {
            String denial = denial(rule, caller, request.withAction(action));
            if (denial != null) {
                return denied(denial);
            }
        }
        boolean changed = caller.sourceIdentity() != null
                && parameters.sourceIdentity() != null
                && !Objects.equals(caller.sourceIdentity(), parameters.sourceIdentity());
        return changed
                ? denied(EffectivePermissions.message(caller.arn(), request.withAction("sts:SetSourceIdentity")))
                : null;
    }

    private @Nullable String denial(RoleRule rule, Identity caller, AccessRequest request) {
        PolicyDocument trust = rule.trustPolicy();
        if (trust != null && !trust.allows(request)) {
            return EffectivePermissions.message(caller.arn(), request);
        }
        // Within an account, a role that trusts the caller itself asks for no permission of the caller's role.
        boolean direct = trust != null
                && rule.roleArn().split(":", -1)[4].equals(caller.account())
                && trust.allows(request.withPrincipal(caller.principal().withoutAccount()));
        PolicyDocument identityBased = direct || caller.session() == null
                ? null
                : roles.permissions(caller.session().roleArn());
        return new EffectivePermissions(identityBased, caller.policy()).denial(caller.arn(), request);
    }

    /** The denial of AssumeRoleWithWebIdentity, or null. */
    @Nullable
    StsFault webIdentity(RoleRule rule, WebIdentity identity, StsParameters parameters) {
        PolicyDocument trust = rule.trustPolicy();
        Map<String, List<String>> context = new HashMap<>();
        context.put(identity.issuer() + ":sub", List.of(identity.subject()));
        context.put(identity.issuer() + ":aud", List.of(identity.audience()));
        put(context, "sts:RoleSessionName", parameters.sessionName());
        Principal principal = Principal.federated(providerArn(rule.roleArn(), identity));
        AccessRequest request = new AccessRequest("sts:AssumeRoleWithWebIdentity", rule.roleArn(), principal, context);
        return rule.denied() || (trust != null && !trust.allows(request)) ? notAuthorized() : null;
    }

    static StsFault notAuthorized() {
        return denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }

    static String providerArn(String roleArn, WebIdentity identity) {
        String[] parts = roleArn.split(":", -1);
        return "arn:" + parts[1] + ":iam::" + parts[4] + ":oidc-provider/" + identity.issuer();
    }

    static StsFault denied(String message) {
        return new StsFault(403, "AccessDenied", message);
    }

    private static Map<String, List<String>> context(Identity caller, StsParameters parameters, String region) {
        Map<String, List<String>> context = new HashMap<>();
        put(context, "aws:PrincipalArn", caller.principalArn());
        put(context, "aws:PrincipalAccount", caller.account());
        put(context, "aws:RequestedRegion", region);
        put(context, "aws:SourceIdentity", caller.sourceIdentity());
        put(context, "sts:ExternalId", parameters.externalId());
        put(context, "sts:RoleSessionName", parameters.sessionName());
        put(context, "sts:SourceIdentity", parameters.sourceIdentity());
        caller.tags().forEach((key, value) -> put(context, "aws:PrincipalTag/" + key, value));
        parameters.tags().forEach((key, value) -> put(context, "aws:RequestTag/" + key, value));
        if (!parameters.tags().isEmpty()) {
            context.put("aws:TagKeys", parameters.tagKeys());
        }
        if (!parameters.transitiveTagKeys().isEmpty()) {
            context.put("sts:TransitiveTagKeys", parameters.transitiveTagKeys());
        }
        return context;
    }

    private static void put(Map<String, List<String>> context, String key, @Nullable String value) {
        if (value != null) {
            context.put(key, List.of(value));
        }
    }
}
