package io.bedrockproxy.emulator.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One action on one resource that somebody asks for.
 *
 * @param action such as {@code bedrock:InvokeModel}
 * @param resource an ARN, or {@code *} for actions that have none
 * @param principal who asks; null where only identity policies are asked
 * @param context the values of the condition keys that the request has; names in lower case
 */
public record AccessRequest(
        String action, String resource, @Nullable Principal principal, Map<String, List<String>> context) {
    /** Copies; condition keys know no case. */
    public AccessRequest {
        Map<String, List<String>> lower = new TreeMap<>();
        context.forEach((key, values) -> lower.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
        context = Map.copyOf(lower);
    }

    /** The same about another action. */
    public AccessRequest withAction(String other) {
        return new AccessRequest(other, resource, principal, context);
    }

    /** The same by somebody else. */
    public AccessRequest withPrincipal(@Nullable Principal other) {
        return new AccessRequest(action, resource, other, context);
    }
}
