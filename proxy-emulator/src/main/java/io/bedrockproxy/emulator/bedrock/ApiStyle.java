package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.FixedBody;

/** Whose JSON an operation's errors are written in; status and {@code x-amzn-ErrorType} are Bedrock's in each. */
enum ApiStyle {
    /** {@code {"message": ...}}. */
    AWS {
        @Override
        ObjectNode body(Fault fault) {
            return Errors.body(fault.name(), fault.message());
        }
    },
    /** {@code {"error": {...}}}. */
    OPENAI {
        @Override
        ObjectNode body(Fault fault) {
            ObjectNode body = Json.object();
            body.putObject("error")
                    .put("message", fault.message())
                    .put(
                            "type",
                            switch (fault.name()) {
                                case "ThrottlingException", "ModelNotReadyException" -> "rate_limit_error";
                                case "AccessDeniedException" -> "permission_error";
                                default -> Errors.status(fault.name()) < 500 ? "invalid_request_error" : "server_error";
                            })
                    .putNull("param")
                    .put(
                            "code",
                            switch (fault.name()) {
                                case "ThrottlingException" -> "rate_limit_exceeded";
                                case "ResourceNotFoundException" -> "not_found";
                                default -> null;
                            });
            return body;
        }
    },
    /** {@code {"type": "error", "error": {...}}}. */
    ANTHROPIC {
        @Override
        ObjectNode body(Fault fault) {
            ObjectNode body = Json.object().put("type", "error");
            body.putObject("error")
                    .put(
                            "type",
                            switch (fault.name()) {
                                case "ThrottlingException", "ModelNotReadyException" -> "rate_limit_error";
                                case "AccessDeniedException" -> "permission_error";
                                case "ResourceNotFoundException" -> "not_found_error";
                                case "ServiceUnavailableException" -> "overloaded_error";
                                case "ModelTimeoutException" -> "timeout_error";
                                default -> Errors.status(fault.name()) < 500 ? "invalid_request_error" : "api_error";
                            })
                    .put("message", fault.message());
            return body;
        }
    };

    /**
     * An error of Bedrock's.
     *
     * @param name the exception's name
     * @param message what went wrong
     */
    record Fault(String name, String message) {}

    abstract ObjectNode body(Fault fault);

    /** A result in this style: only errors look different. */
    Result dress(Result result) {
        Fault fault = result.fault();
        return fault == null || this == AWS
                ? result
                : new Result(
                        result.status(),
                        result.headers(),
                        FixedBody.of(Json.bytes(body(fault))),
                        result.delay(),
                        fault);
    }
}
