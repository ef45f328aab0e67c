package io.bedrockproxy.core.policy;

import io.bedrockproxy.core.rule.KnownOperations;
import io.bedrockproxy.core.rule.OperationRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one client may do.
 *
 * @param models its globs over model ids
 * @param operations the names of the operations that its rules allow
 */
public record ClientRules(List<String> models, Set<String> operations) {
    /** Copies both. */
    public ClientRules {
        models = List.copyOf(models);
        operations = Set.copyOf(operations);
    }

    /**
     * What a client's configuration says.
     *
     * @param operationRules names, globs and groups
     */
    public static ClientRules of(List<String> models, List<String> operationRules) {
        OperationRules rules = new OperationRules(operationRules);
        Set<String> operations = new TreeSet<>();
        for (String group : KnownOperations.groups()) {
            KnownOperations.ofGroup(group).stream()
                    .filter(operation -> rules.allows(operation, group))
                    .forEach(operations::add);
        }
        return new ClientRules(models, operations);
    }
}
