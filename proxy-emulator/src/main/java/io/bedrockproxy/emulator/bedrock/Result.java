package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockproxy.emulator.http.AnswerBody;
import io.bedrockproxy.emulator.http.FixedBody;
import io.bedrockproxy.emulator.http.HttpField;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers, before the headers that every answer has.
 *
 * @param status the status code
 * @param headers the content type and the operation's own
 * @param body the body
 * @param delay silence before the head
 * @param fault the error that it is, or null
 */
record Result(int status, List<HttpField> headers, AnswerBody body, Duration delay, ApiStyle.@Nullable Fault fault) {
    Result(int status, List<HttpField> headers, AnswerBody body) {
        this(status, headers, body, Duration.ZERO, null);
    }

    /** A JSON answer with status 200. */
    static Result json(JsonNode body) {
        return new Result(
                200, List.of(new HttpField("Content-Type", "application/json")), FixedBody.of(Json.bytes(body)));
    }

    Result after(Duration silence) {
        return new Result(status, headers, body, silence, fault);
    }
}
