package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.ErrorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorShapesTest {
    @ParameterizedTest
    @CsvSource({
        "/model/x/invoke, AWS",
        "/v1/model/x/invoke, AWS",
        "/model/a?/anthropic/, AWS",
        "/, AWS",
        "*, AWS",
        "/foundation-models, AWS",
        "/async-invoke, AWS",
        "/openai/v1/chat/completions, OPENAI",
        "/openai/v1/nothing, OPENAI",
        "/bedrock/openai/v1/models, OPENAI",
        "/v1/chat/completions, OPENAI",
        "/v1/models/x, OPENAI",
        "/bedrock/v1/responses, OPENAI",
        "/mantle/v1/responses, OPENAI",
        "/anthropic/v1/messages, ANTHROPIC",
        "/anthropic/nothing, ANTHROPIC",
        "/v1/messages?beta=true, ANTHROPIC",
        "/v1/messages/count_tokens, ANTHROPIC",
        "/mantle/anthropic/v1/messages, ANTHROPIC",
        "/any/prefix/v1/messages, ANTHROPIC",
    })
    void goByTheLookOfTheTarget(String target, ErrorShape shape) {
        assertThat(ErrorShapes.of(target)).isEqualTo(shape);
    }
}
