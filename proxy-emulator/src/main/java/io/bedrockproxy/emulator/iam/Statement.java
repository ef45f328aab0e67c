package io.bedrockproxy.emulator.iam;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy document.
 *
 * @param denies Deny rather than Allow
 * @param actions the patterns of Action or NotAction
 * @param resources the patterns of Resource or NotResource; null in a trust policy
 * @param principals the names of Principal by type; null in an identity policy
 * @param conditions all have to be met
 */
record Statement(
        boolean denies,
        Patterns actions,
        @Nullable Patterns resources,
        @Nullable Map<String, List<String>> principals,
        List<Condition> conditions) {
    /**
     * The patterns of an element.
     *
     * @param not whether it is the Not form, which is about everything else
     * @param texts the patterns
     */
    record Patterns(boolean not, List<String> texts) {
        boolean cover(Predicate<String> matches) {
            return not != texts.stream().anyMatch(matches);
        }
    }

    boolean isAbout(AccessRequest request) {
        return actions.cover(pattern -> Wildcards.matchAction(pattern, request.action()))
                && (resources == null || resources.cover(pattern -> Wildcards.match(pattern, request.resource())))
                && (principals == null || names(principals, request.principal()))
                && conditions.stream().allMatch(condition -> condition.isMet(request.context()));
    }

    private static boolean names(Map<String, List<String>> principals, @Nullable Principal who) {
        return who != null
                && principals.entrySet().stream()
                        .anyMatch(element -> element.getKey().equals("*")
                                || element.getValue().stream().anyMatch(name -> who.isNamed(element.getKey(), name)));
    }
}
