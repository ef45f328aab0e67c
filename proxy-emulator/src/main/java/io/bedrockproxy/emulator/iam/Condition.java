package io.bedrockproxy.emulator.iam;

import io.bedrockproxy.emulator.iam.ConditionOperator.Quantifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * One line of a Condition block.
 *
 * @param operator how values are compared
 * @param key the condition key in lower case
 * @param values one of them has to fit (or none, when the operator is negated)
 */
record Condition(ConditionOperator operator, String key, List<String> values) {
    /** The keys that requests to the emulator can have; a condition on any other is never met. */
    private static final Pattern KNOWN = Pattern.compile("aws:(principal(arn|account|tag/.+)|requesttag/.+|tagkeys"
            + "|sourceidentity|requestedregion|calledvia|calledvialast)"
            + "|sts:(externalid|rolesessionname|sourceidentity|transitivetagkeys)"
            + "|bedrock:(inferenceprofilearn|guardrailidentifier)|[^:]+\\.[^:]+:(sub|aud)");

    static Condition of(String operator, String key, List<String> values) throws MalformedPolicyException {
        return new Condition(ConditionOperator.parse(operator), key.toLowerCase(Locale.ROOT), List.copyOf(values));
    }

    boolean isMet(Map<String, List<String>> context) {
        List<String> given = context.getOrDefault(key, List.of());
        BiPredicate<String, String> base = operator.base();
        if (base == null || !KNOWN.matcher(key).matches()) {
            return false;
        }
        if (operator.isNull()) {
            return values.contains(String.valueOf(given.isEmpty()));
        }
        if (given.isEmpty()) {
            return operator.ifExists()
                    || operator.quantifier() == Quantifier.FOR_ALL_VALUES
                    || (operator.negated() && operator.quantifier() == Quantifier.NONE);
        }
        if (operator.quantifier() == Quantifier.FOR_ALL_VALUES) {
            return given.stream().allMatch(value -> fits(base, value));
        }
        // A negated operator without a quantifier is about every value.
        boolean everyValue = operator.negated() && operator.quantifier() == Quantifier.NONE;
        return everyValue
                ? given.stream().allMatch(value -> fits(base, value))
                : given.stream().anyMatch(value -> fits(base, value));
    }

    private boolean fits(BiPredicate<String, String> base, String value) {
        boolean listed = values.stream().anyMatch(expected -> base.test(expected, value));
        return operator.negated() != listed;
    }
}
