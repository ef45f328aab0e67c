package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** InvokeModel and Converse through the AWS SDK's own client. */
@ExtendWith(LeakDetection.class)
class InvokeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TEXT_AT = Map.of(
            "anthropic", "/content/0/text",
            "nova", "/output/message/content/0/text",
            "titan", "/results/0/outputText",
            "llama", "/generation",
            "mistral", "/outputs/0/text",
            "cohere", "/text",
            "openai", "/choices/0/message/content");

    private static Emulator emulator;
    private static BedrockRuntimeClient client;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorConfig.defaults());
        client = SdkClients.bedrock(emulator, SdkClients.sourceKey());
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    private static InvokeModelResponse invoke(BedrockRuntimeClient with, String modelId, String body) {
        return with.invokeModel(request ->
                request.modelId(modelId).body(SdkBytes.fromUtf8String(body)).contentType("application/json"));
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, anthropic.claude-3-5-sonnet-20241022-v2:0",
        "anthropic, us.anthropic.claude-sonnet-4-6",
        "anthropic, arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-6",
        "anthropic, arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghij12",
        "nova, amazon.nova-pro-v1:0:300k",
        "nova, arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
        "titan, amazon.titan-text-express-v1",
        "titan, arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghij12",
        "llama, us.meta.llama3-2-1b-instruct-v1:0",
        "mistral, mistral.mistral-large-2402-v1:0",
        "cohere, cohere.command-r-plus-v1:0",
        "openai, openai.gpt-oss-120b-1:0",
        "openai, us.deepseek.r1-v1:0",
    })
    void answersEachFamilyInItsShapeWithTheWordsOfThePrompt(String family, String modelId) throws IOException {
        InvokeModelResponse response = invoke(client, modelId, "{\"prompt\":\"blue whales\"}");

        JsonNode answer = JSON.readTree(response.body().asInputStream());
        assertThat(answer.at(TEXT_AT.get(family)).asText()).contains("blue whales");
        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.verified()).as(recorded.toString()).isTrue();
        assertThat(recorded.modelId()).isEqualTo(modelId);
        assertThat(recorded.operation()).isEqualTo("InvokeModel");
        assertThat(response.sdkHttpResponse().firstMatchingHeader("x-amzn-bedrock-input-token-count"))
                .isPresent();
        assertThat(response.responseMetadata().requestId()).hasSize(36);
    }

    @Test
    void recordsWhichRoleSessionSigned() {
        AwsSessionCredentials session = SdkClients.assumeRole(emulator, request -> {});
        try (BedrockRuntimeClient role = SdkClients.bedrock(emulator, session)) {
            invoke(role, "amazon.nova-pro-v1:0", "{\"messages\":[]}");
        }

        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.session()).isEqualTo(new RoleSession(SdkClients.ROLE, "tester"));
        assertThat(new RoleSession(SdkClients.ROLE, "tester").assumedRoleArn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/bedrock/tester");
    }

    @Test
    void answersConverse() {
        ConverseResponse response = client.converse(request -> request.modelId("anthropic.claude-3-haiku-20240307-v1:0")
                .messages(Message.builder()
                        .role("user")
                        .content(ContentBlock.fromText("green tea"))
                        .build()));

        assertThat(response.output().message().content().get(0).text()).contains("green tea");
        assertThat(response.usage().totalTokens())
                .isEqualTo(response.usage().inputTokens() + response.usage().outputTokens());
        assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, 1_000_003})
    void answersABodyOfTheSizeAskedFor(int size) throws IOException {
        byte[] body = invoke(client, "emulator.size-" + size, "{}").body().asByteArray();

        assertThat(JSON.readTree(body).at("/content/0/text").isTextual()).isTrue();
        assertThat(body.length).isEqualTo(size);
    }

    @Test
    void raisesTheExceptionAskedFor() {
        assertThatThrownBy(() -> invoke(client, "emulator.error-ThrottlingException", "{}"))
                .isInstanceOf(ThrottlingException.class);
        assertThatThrownBy(() -> invoke(client, "us.emulator.error-ModelNotReadyException", "{}"))
                .isInstanceOfSatisfying(BedrockRuntimeException.class, failure -> {
                    assertThat(failure.statusCode()).isEqualTo(429);
                    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ModelNotReadyException");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{} x", "not json"})
    void refusesABodyThatIsNoJsonObject(String body) {
        assertThatThrownBy(() -> invoke(client, "amazon.nova-pro-v1:0", body))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Malformed input request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody.model-v1", "claude", "emulator.dance-1"})
    void refusesAModelThatBedrockDoesNotHave(String modelId) {
        assertThatThrownBy(() -> invoke(client, modelId, "{}"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("model identifier is invalid");
    }
}
