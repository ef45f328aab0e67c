package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.PercentEncoding;
import io.bedrockproxy.core.http.QueryString;
import io.bedrockproxy.core.http.RequestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses a target once and rebuilds it: whatever form a client chose for an id, one form goes upstream, and it is made
 * from exactly what the rules were matched with. Immutable and safe from any thread.
 */
public final class Router {
    private final RouteConfig config;

    /** Routes by {@link SurfaceTable}. */
    public Router(RouteConfig config) {
        this.config = config;
    }

    /** Reads method and target as received. */
    public RouteResult route(String method, String rawTarget) {
        RequestTarget target = RequestTarget.parse(rawTarget);
        if (target == null) {
            return refuse(FailureKind.BAD_REQUEST, "The request target must be a path of visible ASCII characters.");
        }
        String[] segments = withoutPrefix(target.path()).substring(1).split("/", -1);
        List<SurfaceRow> otherMethods = new ArrayList<>(0);
        for (SurfaceRow row : SurfaceTable.ROWS) {
            String[] parts = row.match(segments);
            if (parts == null) {
                continue;
            }
            if (row.method().equals(method)) {
                return build(row, parts, target.query());
            }
            otherMethods.add(row);
        }
        return otherMethods.isEmpty()
                ? refuse(FailureKind.UNKNOWN_PATH, "This path is not one of the operations that the proxy passes on.")
                : refuseMethod(otherMethods);
    }

    private static RouteResult refuseMethod(List<SurfaceRow> rows) {
        String allow = SurfaceTable.allow(rows);
        String message = "This operation needs another method (expected: " + allow + ").";
        return new RouteResult.Refused(Failure.of(FailureKind.WRONG_METHOD, message), allow);
    }

    /** Only behind a prefix are leading slashes collapsed: that is where an endpoint with a trailing slash puts them. */
    private String withoutPrefix(String path) {
        for (String prefix : config.pathPrefixes()) {
            if (path.startsWith(prefix) && path.startsWith("/", prefix.length())) {
                int start = prefix.length();
                while (path.startsWith("//", start)) {
                    start++;
                }
                return path.substring(start);
            }
        }
        return path;
    }

    private static RouteResult build(SurfaceRow row, String[] parts, @Nullable String query) {
        if (query != null && !query.isEmpty() && row.queryNames().isEmpty()) {
            return refuse(FailureKind.BAD_REQUEST, "This operation takes no query.");
        }
        QueryString canonical = QueryString.parse(query);
        if (canonical == null || !row.queryNames().containsAll(canonical.names())) {
            String names = row.queryNames().stream().sorted().collect(Collectors.joining(", "));
            return refuse(
                    FailureKind.BAD_REQUEST,
                    "The query is malformed or holds a name that this operation does not have (expected: " + names
                            + "; each at most once).");
        }
        StringBuilder path = new StringBuilder();
        String modelId = null;
        for (int i = 0; i < parts.length; i++) {
            path.append('/');
            String name = row.pattern().get(i);
            if (!SurfaceRow.isVariable(name)) {
                path.append(name);
                continue;
            }
            StringBuilder decoded = new StringBuilder();
            String wrong = PathVariable.check(parts[i], decoded);
            if (wrong != null) {
                String what = name.substring(1, name.length() - 1);
                return refuse(FailureKind.BAD_REQUEST, "The " + what + " identifier in the path " + wrong + ".");
            }
            path.append(PercentEncoding.encode(decoded.toString()));
            modelId = name.equals(SurfaceRow.MODEL) ? decoded.toString() : modelId;
        }
        return new RouteResult.Matched(new Route(
                row.surface(),
                row.operation(),
                modelId,
                row.method(),
                path.toString(),
                canonical.canonical(),
                row.isEventStream()));
    }

    private static RouteResult refuse(FailureKind kind, String message) {
        return new RouteResult.Refused(Failure.of(kind, message), null);
    }
}
