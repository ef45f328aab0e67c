package io.bedrockproxy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureBodyTest {
    private static final String MESSAGE = "a \"b\" \\ \n \u0001 \u00e4 \ud83d\ude00 </script>";

    @ParameterizedTest
    @EnumSource
    void isJsonWithTheMessageInEveryShape(FailureKind kind) throws JsonProcessingException {
        Failure failure = new Failure(kind, MESSAGE, "only for the log");
        JsonNode aws = json(failure, ErrorShape.AWS);
        assertThat(aws.properties()).hasSize(1);
        assertThat(aws.get("message").textValue()).isEqualTo(MESSAGE);

        JsonNode openAi = json(failure, ErrorShape.OPENAI).get("error");
        assertThat(openAi.get("message").textValue()).isEqualTo(MESSAGE);
        assertThat(openAi.get("type").textValue()).endsWith("_error");
        assertThat(openAi.get("param").isNull()).isTrue();
        assertThat(openAi.get("code").textValue()).isEqualTo(kind.label());

        JsonNode anthropic = json(failure, ErrorShape.ANTHROPIC);
        assertThat(anthropic.get("type").textValue()).isEqualTo("error");
        assertThat(anthropic.get("error").get("message").textValue()).isEqualTo(MESSAGE);
        assertThat(anthropic.get("error").get("type").textValue()).matches(".+_error|request_too_large");
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheDetailForTheLog(ErrorShape shape) {
        Failure failure = new Failure(FailureKind.CREDENTIALS_DENIED, "denied", "role arn:aws:iam::1:role/x");
        assertThat(FailureBody.json(failure, shape)).doesNotContain("role/x");
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, invalid_request_error, authentication_error",
        "FORBIDDEN_MODEL, permission_error, permission_error",
        "BAD_REQUEST, invalid_request_error, invalid_request_error",
        "UNKNOWN_PATH, invalid_request_error, not_found_error",
        "BODY_TOO_LARGE, invalid_request_error, request_too_large",
        "TOO_MANY_FAILURES, rate_limit_error, rate_limit_error",
        "OVERLOADED, server_error, overloaded_error",
        "CREDENTIALS_UNAVAILABLE, server_error, api_error",
        "UPSTREAM_UNREACHABLE, server_error, api_error",
        "UPSTREAM_TIMEOUT, server_error, timeout_error"
    })
    void speaksTheWordsOfEachApi(FailureKind kind, String openAi, String anthropic) throws JsonProcessingException {
        Failure failure = Failure.of(kind, "x");
        assertThat(json(failure, ErrorShape.OPENAI).at("/error/type").textValue())
                .isEqualTo(openAi);
        assertThat(json(failure, ErrorShape.ANTHROPIC).at("/error/type").textValue())
                .isEqualTo(anthropic);
    }

    @Test
    void needsAMessage() {
        @Nullable String none = null;
        assertThatThrownBy(() -> Failure.of(FailureKind.BAD_REQUEST, none))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("message");
    }

    private static JsonNode json(Failure failure, ErrorShape shape) throws JsonProcessingException {
        return new ObjectMapper().readTree(FailureBody.json(failure, shape));
    }
}
