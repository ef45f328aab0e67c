package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.ErrorShape;
import java.util.Set;

/** A family of paths that are treated alike. */
public enum Surface {
    /** Bedrock's native runtime API. */
    RUNTIME(Upstream.RUNTIME, ErrorShape.AWS, Set.of()),
    /** What there is to invoke: the reads of Bedrock's control plane. */
    CONTROL_PLANE(Upstream.CONTROL_PLANE, ErrorShape.AWS, Set.of()),
    /** OpenAI's API, as bedrock-runtime has it. */
    OPENAI(Upstream.RUNTIME, ErrorShape.OPENAI, Headers.ANTHROPIC),
    /** Anthropic's API, as bedrock-runtime has it. */
    ANTHROPIC(Upstream.RUNTIME, ErrorShape.ANTHROPIC, Headers.ANTHROPIC),
    /** OpenAI's API, as bedrock-mantle has it. */
    MANTLE_OPENAI(Upstream.MANTLE, ErrorShape.OPENAI, Headers.ANTHROPIC),
    /** Anthropic's API, as bedrock-mantle has it. */
    MANTLE_ANTHROPIC(Upstream.MANTLE, ErrorShape.ANTHROPIC, Headers.ANTHROPIC);

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

    /** How many segments of a pattern are the proxy's own: mantle has the same paths as the others, on another host. */
    int ownSegments() {
        return upstream == Upstream.MANTLE ? 1 : 0;
    }

    /** Lists that an enum's constants can name. */
    private static final class Headers {
        /** Anthropic's models take these wherever they are asked, whatever the API. */
        static final Set<String> ANTHROPIC = Set.of("anthropic-version", "anthropic-beta");
    }
}
