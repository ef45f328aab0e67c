package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.ErrorShape;
import java.util.Set;

/** A family of paths that are treated alike. */
public enum Surface {
    /** Bedrock's native runtime API. */
    RUNTIME(Upstream.RUNTIME, ErrorShape.AWS, Set.of()),
    /** What there is to invoke: the reads of Bedrock's control plane. */
    CONTROL_PLANE(Upstream.CONTROL_PLANE, ErrorShape.AWS, Set.of());

    private final Upstream upstream;
    private final ErrorShape errorShape;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> extraHeaders;

    Surface(Upstream upstream, ErrorShape errorShape, Set<String> extraHeaders) {
        this.upstream = upstream;
        this.errorShape = errorShape;
        this.extraHeaders = extraHeaders;
    }

    /** Where its requests go. */
    public Upstream upstream() {
        return upstream;
    }

    /** What its clients take for an error. */
    public ErrorShape errorShape() {
        return errorShape;
    }

    /** Request headers that travel upstream besides {@code content-type}, {@code accept} and {@code x-amzn-bedrock-*}. */
    public Set<String> extraHeaders() {
        return extraHeaders;
    }
}
