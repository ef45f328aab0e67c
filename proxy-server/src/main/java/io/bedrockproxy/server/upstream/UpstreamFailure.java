package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import java.util.Objects;

/**
 * Why a connection gave no complete response.
 *
 * @param kind the row of the failure table
 * @param detail what happened, for the log
 * @param isUnprocessed true when a pooled connection died right after the sending and before a byte of the response: the
 *     server had very probably closed it before it saw the request, so sending once more does not pay twice
 */
public record UpstreamFailure(FailureKind kind, String detail, boolean isUnprocessed) {
    /** Refuses nulls. */
    public UpstreamFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    /** As the client is told. */
    public Failure toFailure() {
        String message = switch (kind) {
            case UPSTREAM_UNREACHABLE -> "The Bedrock endpoint cannot be reached.";
            case UNKNOWN_PATH -> "AWS has no such operation: " + detail + " was sent.";
            case UPSTREAM_TIMEOUT -> "The Bedrock endpoint did not answer in time.";
            default -> "The Bedrock endpoint broke off its answer.";
        };
        return new Failure(kind, message, detail);
    }
}
