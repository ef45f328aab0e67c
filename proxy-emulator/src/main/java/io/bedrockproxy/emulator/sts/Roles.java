package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.iam.PolicyDocument;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The roles that exist. Thread-safe. */
public final class Roles {
    private volatile @Nullable Map<String, RoleRule> rules;

    /** From now on these roles exist and no others; before the first call every role exists and trusts everybody. */
    public void replace(Collection<RoleRule> all) {
        rules = all.stream().collect(Collectors.toUnmodifiableMap(RoleRule::roleArn, Function.identity()));
    }

    /** The role of this ARN; null when it does not exist. */
    @Nullable
    RoleRule find(String roleArn) {
        Map<String, RoleRule> known = rules;
        return known == null ? RoleRule.of(roleArn, null) : known.get(roleArn);
    }

    /** What sessions of a role may do as of now; null: everything. */
    public @Nullable PolicyDocument permissions(String roleArn) {
        RoleRule rule = find(roleArn);
        return rule == null ? null : rule.permissionsPolicy();
    }
}
