package io.bedrockproxy.core.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is allowed, action by action, and as few statements as say the same. */
final class Statements {
    /** How a statement may be limited; each key is used with one kind of resource only. */
    enum Condition {
        /** Of foundation models: by which profile they are used. */
        VIA_PROFILE("ArnLike", "bedrock:InferenceProfileArn"),
        /** Of SageMaker's endpoints: that Bedrock calls them, as in AWS's own policy for the marketplace. */
        VIA_BEDROCK("StringEquals", "aws:CalledViaLast"),
        /** Of storage and keys: that a service calls them for the caller, which then is Bedrock. */
        VIA_SERVICE("Bool", "aws:ViaAWSService");

        final String operator;
        final String key;

        Condition(String operator, String key) {
            this.operator = operator;
            this.key = key;
        }
    }

    /**
     * One statement.
     *
     * @param actions sorted
     * @param resources sorted; none of them is covered by another
     * @param condition under which
     * @param values what the condition's key may be, sorted
     */
    record Statement(
            List<String> actions, List<String> resources, Optional<Condition> condition, List<String> values) {}

    /** Resources and the values under which they are allowed. */
    private static final class Grants {
        final TreeSet<String> resources = new TreeSet<>();
        final TreeSet<String> values = new TreeSet<>();
    }

    private final Map<String, Map<Optional<Condition>, Grants>> byAction = new TreeMap<>();

    void allow(String action, String resource) {
        grants(action, Optional.empty()).resources.add(resource);
    }

    void allow(String action, String resource, Condition condition, String value) {
        Grants grants = grants(action, Optional.of(condition));
        grants.resources.add(resource);
        grants.values.add(value);
    }

    private Grants grants(String action, Optional<Condition> condition) {
        return byAction.computeIfAbsent(action, a -> new HashMap<>()).computeIfAbsent(condition, c -> new Grants());
    }

    /** In an order that is always the same. */
    List<Statement> all() {
        Map<Statement, TreeSet<String>> actions = new HashMap<>();
        byAction.forEach((action, grants) -> {
            List<String> always = uncovered(grants.getOrDefault(Optional.empty(), new Grants()).resources, List.of());
            grants.forEach((condition, granted) -> {
                List<String> left = condition.isEmpty() ? always : uncovered(granted.resources, always);
                if (!left.isEmpty()) {
                    List<String> values = uncovered(granted.values, List.of());
                    actions.computeIfAbsent(new Statement(List.of(), left, condition, values), s -> new TreeSet<>())
                            .add(action);
                }
            });
        });
        List<Statement> all = new ArrayList<>();
        actions.forEach((statement, names) -> all.add(
                new Statement(List.copyOf(names), statement.resources(), statement.condition(), statement.values())));
        all.sort(Comparator.comparing((Statement s) -> s.actions().toString())
                .thenComparing(s -> s.resources().toString()));
        return all;
    }

    private static List<String> uncovered(Set<String> resources, List<String> others) {
        return resources.stream()
                .filter(one -> others.stream().noneMatch(other -> Wildcards.covers(other, one)))
                .filter(one ->
                        resources.stream().noneMatch(other -> !other.equals(one) && Wildcards.covers(other, one)))
                .toList();
    }
}
