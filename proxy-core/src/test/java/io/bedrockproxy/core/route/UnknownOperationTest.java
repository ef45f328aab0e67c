package io.bedrockproxy.core.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownOperationTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200, application/json, 85, true",
                "200, Application/JSON; charset=utf-8, 512, true",
                "200, application/json, 513, false",
                "200, application/json, 99999999999, false",
                "200, application/json, -, false",
                "200, application/vnd.amazon.eventstream, 85, false",
                "200, text/event-stream, 85, false",
                "200, -, 85, false",
                "404, application/json, 85, false",
            })
    void looksAtNothingButSmallWholeJson(int status, String type, String length, boolean isPossible) {
        assertThat(UnknownOperation.isPossible(status, type, length)).isEqualTo(isPossible);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}",
                "{\"__type\":\"UnknownOperationException\"}",
            })
    void knowsItsBody(String body) {
        assertThat(UnknownOperation.isIn(body.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":[{\"__type\":\"UnknownOperationException\"}]}",
                "{\"text\":\"UnknownOperationException\"}",
                "{\"__type\":\"ValidationException\"}",
                "{\"inputTokens\":12}",
                "UnknownOperationException",
                "",
            })
    void takesNoAnswerForIt(String body) {
        assertThat(UnknownOperation.isIn(body.getBytes(UTF_8))).isFalse();
    }
}
