package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/** What a target turned out to be. */
public sealed interface RouteResult {
    /**
     * A known operation.
     *
     * @param route which one
     */
    record Matched(Route route) implements RouteResult {}

    /**
     * Nothing that may go upstream.
     *
     * @param failure why
     * @param allow the methods that the path does have, for a 405; else null
     */
    record Refused(Failure failure, @Nullable String allow) implements RouteResult {}
}
