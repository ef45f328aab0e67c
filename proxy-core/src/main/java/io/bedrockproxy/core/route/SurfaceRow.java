package io.bedrockproxy.core.route;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the surface table.
 *
 * @param surface its family
 * @param method the HTTP method
 * @param pattern segments; {@code {model}} and other names in braces are variables, the first of which takes in surplus
 *     segments, because clients write the slashes of an ARN as they are
 * @param operation what it is
 * @param isEventStream whether a good answer is a native event stream
 * @param queryNames what the query may hold
 * @param droppedQueryNames what it may hold besides, and does not go upstream
 * @param modelKey the top-level key of the body that names the model, or null where the body names none
 */
record SurfaceRow(
        Surface surface,
        String method,
        List<String> pattern,
        Operation operation,
        boolean isEventStream,
        Set<String> queryNames,
        Set<String> droppedQueryNames,
        @Nullable String modelKey) {
    static final String MODEL = "{model}";

    /** The only variable that is never an ARN, and in front of segments that are operations. */
    private static final String RESPONSE = "{response}";

    static SurfaceRow of(
            Surface surface,
            String method,
            String pattern,
            Operation operation,
            boolean isEventStream,
            String... queryNames) {
        return new SurfaceRow(
                surface,
                method,
                List.of(pattern.substring(1).split("/")),
                operation,
                isEventStream,
                Set.of(queryNames),
                Set.of(),
                null);
    }

    /** With a model in the body. */
    SurfaceRow withModelIn(String key) {
        return new SurfaceRow(surface, method, pattern, operation, isEventStream, queryNames, droppedQueryNames, key);
    }

    /** With names in the query that AWS does not have. */
    SurfaceRow dropping(String... names) {
        return new SurfaceRow(surface, method, pattern, operation, isEventStream, queryNames, Set.of(names), modelKey);
    }

    static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    boolean takesQuery() {
        return !queryNames.isEmpty() || !droppedQueryNames.isEmpty();
    }

    boolean hasQueryName(String name) {
        return queryNames.contains(name) || droppedQueryNames.contains(name);
    }

    /** Cuts a path into as many parts as the pattern has, or null when the literal parts differ. */
    String @Nullable [] match(String[] segments) {
        int surplus = segments.length - pattern.size();
        if (surplus < 0) {
            return null;
        }
        String[] parts = new String[pattern.size()];
        int next = 0;
        boolean absorbed = surplus == 0;
        for (int i = 0; i < parts.length; i++) {
            String part = segments[next++];
            if (isVariable(pattern.get(i))) {
                boolean mayAbsorb = !absorbed && !pattern.get(i).equals(RESPONSE);
                for (int more = mayAbsorb ? surplus : 0; more > 0; more--) {
                    part = part + '/' + segments[next++];
                }
                absorbed |= mayAbsorb;
            } else if (!pattern.get(i).equals(part)) {
                return null;
            }
            parts[i] = part;
        }
        return absorbed ? parts : null;
    }
}
