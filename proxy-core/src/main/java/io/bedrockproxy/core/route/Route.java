package io.bedrockproxy.core.route;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for, and the target that goes upstream.
 *
 * @param surface its family
 * @param operation which operation
 * @param modelId the decoded model id that rules are matched with, or null where the path holds none
 * @param modelKey the top-level key of the body that names the model, or null where the body names none
 * @param arnRegion the region of an ARN in the path, as the client wrote it, or null for none
 * @param method the HTTP method
 * @param path the path in the AWS SDKs' form, rebuilt from what was decoded
 * @param query the query in canonical form; empty for none
 * @param isEventStream whether a good answer is a native event stream
 */
public record Route(
        Surface surface,
        Operation operation,
        @Nullable String modelId,
        @Nullable String modelKey,
        @Nullable String arnRegion,
        String method,
        String path,
        String query,
        boolean isEventStream) {
    /** Refuses nulls. */
    public Route {
        Objects.requireNonNull(surface, "surface");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
    }

    /** Whether the operation may have a request body; AWS defines none for reads and deletions. */
    public boolean hasBody() {
        return method.equals("POST");
    }
}
