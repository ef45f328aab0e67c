package io.bedrockproxy.emulator.bedrock;

import io.bedrockproxy.emulator.iam.AccessRequest;
import io.bedrockproxy.emulator.iam.EffectivePermissions;
import io.bedrockproxy.emulator.iam.PolicyDocument;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds what a request needs against what its session may do. Users may do everything. */
final class AccessCheck {
    /** What a role that has no permissions policy, or does not exist any more, may do: null, everything. */
    private final Function<String, @Nullable PolicyDocument> permissions;

    AccessCheck(Function<String, @Nullable PolicyDocument> permissions) {
        this.permissions = permissions;
    }

    /** AWS's message about the first need that is not allowed; null when all are. */
    @Nullable
    String denial(Identity who, List<Need> needs) {
        RoleSession session = who.session();
        if (session == null) {
            return null;
        }
        EffectivePermissions allowed = new EffectivePermissions(permissions.apply(session.roleArn()), who.policy());
        for (Need need : needs) {
            AccessRequest request =
                    new AccessRequest(need.action(), need.resource(), who.principal(), context(who, need));
            String denial = allowed.denial(who.arn(), request);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    private static Map<String, List<String>> context(Identity who, Need need) {
        Map<String, List<String>> context = new HashMap<>(need.context());
        context.put("aws:PrincipalArn", List.of(who.principalArn()));
        context.put("aws:PrincipalAccount", List.of(who.account()));
        context.put("aws:RequestedRegion", List.of(need.region()));
        who.tags().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, List.of(value)));
        String sourceIdentity = who.sourceIdentity();
        if (sourceIdentity != null) {
            context.put("aws:SourceIdentity", List.of(sourceIdentity));
        }
        return context;
    }
}
