package io.bedrockproxy.emulator.bedrock;

import io.bedrockproxy.emulator.http.PercentDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of operations.
 *
 * @param name the AWS operation name
 * @param method its method
 * @param pattern the segments of its path; {@code {name}} is a variable of one segment
 * @param needs the permissions that a request asks for
 * @param handler answers it
 * @param modelKey the top-level key of the body that names the model; null where the path does, or nothing
 * @param style whose JSON its errors are in
 */
record Operation(
        String name,
        String method,
        List<String> pattern,
        Function<Call, List<Need>> needs,
        Function<Call, Result> handler,
        @Nullable String modelKey,
        ApiStyle style) {
    static Operation row(
            String name, String method, String path, Function<Call, List<Need>> needs, Function<Call, Result> handler) {
        return new Operation(name, method, List.of(path.split("/", -1)), needs, handler, null, ApiStyle.AWS);
    }

    Operation withModelIn(String key) {
        return new Operation(name, method, pattern, needs, handler, key, style);
    }

    Operation in(ApiStyle other) {
        return new Operation(name, method, pattern, needs, handler, modelKey, other);
    }

    /** The decoded variables of {@code path}, or null when it is not this operation's. */
    @Nullable
    Map<String, String> match(String requestMethod, String path) {
        String[] segments = path.split("/", -1);
        if (!requestMethod.equals(method) || segments.length != pattern.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{") && !segments[i].isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), PercentDecoder.decode(segments[i]));
            } else if (!expected.equals(segments[i])) {
                return null;
            }
        }
        return variables;
    }
}
