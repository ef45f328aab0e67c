package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.FixedBody;
import io.bedrockproxy.emulator.http.HttpField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bedrock's errors: their status codes and their shape. */
final class Errors {
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("AccessDeniedException", 403),
            Map.entry("ValidationException", 400),
            Map.entry("ServiceQuotaExceededException", 400),
            Map.entry("ConflictException", 400),
            Map.entry("ResourceNotFoundException", 404),
            Map.entry("ModelTimeoutException", 408),
            Map.entry("ModelErrorException", 424),
            Map.entry("ModelStreamErrorException", 424),
            Map.entry("ThrottlingException", 429),
            Map.entry("ModelNotReadyException", 429),
            Map.entry("InternalServerException", 500),
            Map.entry("ServiceUnavailableException", 503),
            Map.entry("InvalidSignatureException", 403),
            Map.entry("UnrecognizedClientException", 403),
            Map.entry("ExpiredTokenException", 403),
            Map.entry("MissingAuthenticationTokenException", 403),
            Map.entry("IncompleteSignatureException", 400),
            Map.entry("RequestExpired", 400),
            Map.entry("UnknownOperationException", 404));

    /** Found before the request reaches Bedrock proper. */
    private static final Set<String> FRONT_DOOR = Set.of(
            "InvalidSignatureException",
            "UnrecognizedClientException",
            "ExpiredTokenException",
            "MissingAuthenticationTokenException",
            "IncompleteSignatureException",
            "RequestExpired");

    private Errors() {}

    /** The error of this name; one that Bedrock does not have is a 400. */
    static Result of(String name, String message) {
        return of(new ApiStyle.Fault(name, message), body(name, message));
    }

    /** What IAM's denials look like: their message begins with a capital M. */
    static Result denied(String message) {
        return of(
                new ApiStyle.Fault("AccessDeniedException", message),
                Json.object().put("Message", message));
    }

    /** The status code of the error of this name. */
    static int status(String name) {
        return STATUS.getOrDefault(name, 400);
    }

    private static Result of(ApiStyle.Fault fault, ObjectNode body) {
        String name = fault.name();
        String origin = FRONT_DOOR.contains(name) ? "com.amazon.coral.service/" : "com.amazon.bedrock/";
        return new Result(
                status(name),
                List.of(
                        new HttpField("Content-Type", "application/json"),
                        new HttpField("x-amzn-ErrorType", name + ":http://internal.amazon.com/coral/" + origin)),
                FixedBody.of(Json.bytes(body)),
                Duration.ZERO,
                fault);
    }

    static Result validation(String message) {
        return of("ValidationException", message);
    }

    /** The JSON that carries an error, also in an exception frame. */
    static ObjectNode body(String name, String message) {
        ObjectNode body = Json.object().put("message", message);
        if (name.equals("ModelErrorException")) {
            body.put("originalStatusCode", 500).put("resourceName", "emulator");
        } else if (name.equals("ModelStreamErrorException")) {
            body.put("originalStatusCode", 500).put("originalMessage", message);
        }
        return body;
    }

    /** A path that no operation has. */
    static Result unknownOperation() {
        return new Result(
                404,
                List.of(
                        new HttpField("Content-Type", "application/xml"),
                        new HttpField("x-amzn-ErrorType", "UnknownOperationException")),
                FixedBody.of("<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** What AWS says, with status 200, to a model path whose ARN has a raw slash. */
    static Result unknownModelPath() {
        String body = "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},"
                + "\"Version\":\"1.0\"}";
        return new Result(
                200,
                List.of(new HttpField("Content-Type", "application/json")),
                FixedBody.of(body.getBytes(StandardCharsets.US_ASCII)));
    }
}
