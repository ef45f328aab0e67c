package io.bedrockproxy.core.failure;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The body of a local reply: the shape and the words that the clients of each API know. */
public final class FailureBody {
    private FailureBody() {}

    /** JSON in the shape that the surface's clients understand. */
    public static String json(Failure failure, ErrorShape shape) {
        String message = new String(JsonStringEncoder.getInstance().quoteAsString(failure.message()));
        FailureKind kind = failure.kind();
        return switch (shape) {
            case AWS -> "{\"message\":\"" + message + "\"}";
            case OPENAI ->
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + openAiType(kind)
                        + "\",\"param\":null,\"code\":\"" + kind.label() + "\"}}";
            case ANTHROPIC ->
                "{\"type\":\"error\",\"error\":{\"type\":\"" + anthropicType(kind) + "\",\"message\":\"" + message
                        + "\"}}";
        };
    }

    /** OpenAI has few types (a wrong key is an invalid request too); its {@code code} says more, and there ours stands. */
    static String openAiType(FailureKind kind) {
        return switch (kind) {
            case UNAUTHENTICATED,
                    BAD_REQUEST,
                    WRONG_REGION,
                    UNKNOWN_PATH,
                    WRONG_METHOD,
                    SLOW_REQUEST,
                    BODY_TOO_LARGE,
                    HEAD_TOO_LARGE -> "invalid_request_error";
            case FORBIDDEN_MODEL, FORBIDDEN_OPERATION -> "permission_error";
            case TOO_MANY_FAILURES -> "rate_limit_error";
            case OVERLOADED,
                    DRAINING,
                    CREDENTIALS_UNAVAILABLE,
                    CREDENTIALS_DENIED,
                    UPSTREAM_UNREACHABLE,
                    UPSTREAM_BROKEN,
                    UPSTREAM_TIMEOUT -> "server_error";
        };
    }

    /** The error types of Anthropic's Messages API. */
    static String anthropicType(FailureKind kind) {
        return switch (kind) {
            case UNAUTHENTICATED -> "authentication_error";
            case FORBIDDEN_MODEL, FORBIDDEN_OPERATION -> "permission_error";
            case BAD_REQUEST, WRONG_REGION, WRONG_METHOD, SLOW_REQUEST, HEAD_TOO_LARGE -> "invalid_request_error";
            case UNKNOWN_PATH -> "not_found_error";
            case BODY_TOO_LARGE -> "request_too_large";
            case TOO_MANY_FAILURES -> "rate_limit_error";
            case OVERLOADED, DRAINING -> "overloaded_error";
            case CREDENTIALS_UNAVAILABLE, CREDENTIALS_DENIED, UPSTREAM_UNREACHABLE, UPSTREAM_BROKEN -> "api_error";
            case UPSTREAM_TIMEOUT -> "timeout_error";
        };
    }
}
