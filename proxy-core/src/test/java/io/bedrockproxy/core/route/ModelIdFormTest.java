package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.core.http.PercentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a client writes a model id, rules see one id and one path goes upstream. */
class ModelIdFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic.claude-3-haiku-20240307-v1:0",
                "amazon.nova-pro-v1:0:300k",
                "us.anthropic.claude-sonnet-4-6",
                "openai.gpt-oss-20b",
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "eu.amazon.nova-lite-v1:0",
                "apac.amazon.nova-lite-v1:0",
                "global.anthropic.claude-opus-4-5-20251101-v1:0",
                "us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0",
                "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6",
                "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.amazon.nova-lite-v1:0",
                "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:custom-model-deployment/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:1",
                "arn:aws:bedrock:us-east-1:123456789012:prompt-router/abcdefghij12",
                "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1",
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-endpoint-1"
            })
    void everyWayToWriteAnIdLeadsToOnePath(String id) {
        String sdk = PercentEncoding.encode(id);
        String lowerCase = sdk.replace("%3A", "%3a").replace("%2F", "%2f");
        for (String written : new String[] {
            id, sdk, lowerCase, id.replace("/", "%2F"), PercentEncoding.encode(sdk), sdk.replace("%", "%25")
        }) {
            Route route = Routes.matched("/model/" + written + "/converse");
            assertThat(route.modelId()).as(written).isEqualTo(id);
            assertThat(route.path()).as(written).isEqualTo("/model/" + sdk + "/converse");
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatClientsWereSeenToSendLeadsToTheFormOfTheSdks(String modelId, String sent, String sdkForm) {
        Route route = Routes.matched(sent);
        assertThat(route.modelId()).isEqualTo(modelId);
        assertThat(route.path()).isEqualTo(sdkForm);
    }

    static Stream<Arguments> vectors() throws IOException {
        JsonNode rows = rows();
        return rows.valueStream().map(row -> {
            String modelId = row.get("modelId").asText();
            String sdkForm = rows.valueStream()
                    .filter(other -> other.get("modelId").asText().equals(modelId))
                    .filter(other -> other.get("encodedBy").asText().startsWith("sdk"))
                    .map(ModelIdFormTest::target)
                    .findFirst()
                    .orElseThrow();
            String name = row.get("kind").asText() + ", " + row.get("encodedBy").asText();
            return argumentSet(name, modelId, target(row), sdkForm);
        });
    }

    private static JsonNode rows() throws IOException {
        try (InputStream in = ModelIdFormTest.class.getResourceAsStream("/sigv4/model-id-paths.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in)).get("rows");
        }
    }

    private static String target(JsonNode row) {
        return row.get("requestLine").asText().split(" ", -1)[1];
    }
}
