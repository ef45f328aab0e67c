package io.bedrockproxy.core.rule;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which operations a client may use: names, globs, or groups of them. Immutable and safe from any thread. */
public final class OperationRules {
    private final List<Glob> globs;
    private final Set<String> groups;

    /** @param rules names, globs and groups of {@link KnownOperations}; at least one */
    public OperationRules(List<String> rules) {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("operations: none (expected: at least one, such as inference)");
        }
        for (String rule : rules) {
            if (!KnownOperations.isRule(rule)) {
                throw new IllegalArgumentException("operations: " + rule + " (expected: a known name, glob or group)");
            }
        }
        groups = rules.stream().filter(KnownOperations.groups()::contains).collect(Collectors.toUnmodifiableSet());
        globs = rules.stream()
                .filter(rule -> !groups.contains(rule))
                .map(Glob::new)
                .toList();
    }

    /** Whether one of the rules allows this operation of this group. */
    public boolean allows(String operation, String group) {
        if (groups.contains(group)) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(operation)) {
                return true;
            }
        }
        return false;
    }
}
