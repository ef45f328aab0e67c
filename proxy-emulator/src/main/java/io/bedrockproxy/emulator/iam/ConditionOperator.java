package io.bedrockproxy.emulator.iam;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The operator of a condition, such as {@code ForAnyValue:StringLikeIfExists}.
 *
 * @param quantifier how several values of the request count
 * @param base compares a policy's value (first) with a request's; null for an operator that is never true here
 * @param negated whether no value of the policy may fit, rather than one has to
 * @param ifExists whether it is true of a request without the key
 * @param isNull whether it is {@code Null}, which asks whether the key is absent
 */
record ConditionOperator(
        Quantifier quantifier,
        @Nullable BiPredicate<String, String> base,
        boolean negated,
        boolean ifExists,
        boolean isNull) {
    private static final String IF_EXISTS = "IfExists";
    private static final Map<String, BiPredicate<String, String>> POSITIVE = Map.of(
            "StringEquals", String::equals,
            "StringEqualsIgnoreCase", String::equalsIgnoreCase,
            "StringLike", Wildcards::match,
            "ArnEquals", Wildcards::matchArn,
            "ArnLike", Wildcards::matchArn);
    private static final Map<String, String> NEGATIVE = Map.of(
            "StringNotEquals", "StringEquals",
            "StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase",
            "StringNotLike", "StringLike",
            "ArnNotEquals", "ArnEquals",
            "ArnNotLike", "ArnLike");
    /** What IAM has besides; the emulator's requests have no key that they would be used with. */
    private static final Set<String> OTHERS = Set.of(
            "Bool",
            "BinaryEquals",
            "IpAddress",
            "NotIpAddress",
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals");

    /** How several values of the request count. */
    enum Quantifier {
        /** One value is expected; of several any counts. */
        NONE,
        /** Every value has to fit. */
        FOR_ALL_VALUES,
        /** One value has to fit. */
        FOR_ANY_VALUE
    }

    static ConditionOperator parse(String text) throws MalformedPolicyException {
        String lower = text.toLowerCase(Locale.ROOT);
        Quantifier quantifier = lower.startsWith("forallvalues:")
                ? Quantifier.FOR_ALL_VALUES
                : lower.startsWith("foranyvalue:") ? Quantifier.FOR_ANY_VALUE : Quantifier.NONE;
        String name = quantifier == Quantifier.NONE ? text : text.substring(text.indexOf(':') + 1);
        if (name.equals("Null")) {
            return new ConditionOperator(quantifier, String::equals, false, false, true);
        }
        boolean ifExists = name.endsWith(IF_EXISTS);
        name = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
        String opposite = NEGATIVE.get(name);
        BiPredicate<String, String> base = POSITIVE.get(opposite == null ? name : opposite);
        if (base == null && !OTHERS.contains(name)) {
            throw new MalformedPolicyException("Invalid Condition type : " + text + ".");
        }
        return new ConditionOperator(quantifier, base, opposite != null, ifExists, false);
    }
}
