package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.PercentEncoding;
import io.bedrockproxy.core.http.QueryString;
import io.bedrockproxy.core.http.RequestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses a target once and rebuilds it: whatever form a client chose for an id, one form goes upstream, and it is made
 * from exactly what the rules were matched with. Immutable and safe from any thread.
 */
public final class Router {
    private final PathPrefixes prefixes;

    /** Routes by {@link SurfaceTable}. */
    public Router(RouteConfig config) {
        this.prefixes = new PathPrefixes(config.pathPrefixes());
    }

    /** Reads method and target as received. */
    public RouteResult route(String method, String rawTarget) {
        RequestTarget target = RequestTarget.parse(rawTarget);
        if (target == null) {
            return refuse(FailureKind.BAD_REQUEST, "The request target must be a path of visible ASCII characters.");
        }
        String[] segments = prefixes.strip(target.path()).substring(1).split("/", -1);
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

    private static RouteResult build(SurfaceRow row, String[] parts, @Nullable String query) {
        QueryString canonical = QueryString.parse(query);
        boolean isUnwanted = query != null && !query.isEmpty() && !row.takesQuery();
        if (isUnwanted || canonical == null || !canonical.names().stream().allMatch(row::hasQueryName)) {
            return refuseQuery(row);
        }
        StringBuilder path = new StringBuilder();
        String modelId = null;
        String arnRegion = null;
        for (int i = row.surface().ownSegments(); i < parts.length; i++) {
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
            String value = decoded.toString();
            path.append(PercentEncoding.encode(value));
            modelId = name.equals(SurfaceRow.MODEL) ? value : modelId;
            arnRegion = arnRegion == null ? ArnRegion.of(value) : arnRegion;
        }
        return new RouteResult.Matched(new Route(
                row.surface(),
                row.operation(),
                modelId,
                row.modelKey(),
                arnRegion,
                row.method(),
                path.toString(),
                canonical.without(row.droppedQueryNames()),
                row.isEventStream()));
    }

    private static RouteResult refuseQuery(SurfaceRow row) {
        if (!row.takesQuery()) {
            return refuse(FailureKind.BAD_REQUEST, "This operation takes no query.");
        }
        String names = Stream.concat(row.queryNames().stream(), row.droppedQueryNames().stream())
                .sorted()
                .collect(Collectors.joining(", "));
        return refuse(
                FailureKind.BAD_REQUEST,
                "The query is malformed or holds a name that this operation does not have (expected: " + names
                        + "; each at most once).");
    }

    private static RouteResult refuse(FailureKind kind, String message) {
        return new RouteResult.Refused(Failure.of(kind, message), null);
    }
}
