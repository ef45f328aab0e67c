package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeOutputDataConfig;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeStatus;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailAction;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailChecksConfig;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailChecksContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailChecksContentFilterCategoryConfig;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailChecksContentFilterConfig;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailChecksMessage;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailTextBlock;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeGuardrailChecksResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** The operations beside inference, through the AWS SDK's own client. */
@ExtendWith(LeakDetection.class)
class OperationsTest {
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());
    private final BedrockRuntimeClient client = SdkClients.bedrock(emulator, SdkClients.sourceKey());

    @AfterEach
    void stop() {
        assertThat(emulator.recorder().refusedCount()).isZero();
        client.close();
        emulator.close();
    }

    @Test
    void countsTokensAsTheOtherOperationsDo() {
        String prompt = "eight words make about as many tokens";
        Message message = Message.builder()
                .role("user")
                .content(ContentBlock.fromText(prompt))
                .build();
        int converse = client.countTokens(request -> request.modelId("anthropic.claude-sonnet-4-6")
                        .input(CountTokensInput.fromConverse(input -> input.messages(message))))
                .inputTokens();
        int invoke = client.countTokens(request -> request.modelId("anthropic.claude-sonnet-4-6")
                        .input(CountTokensInput.fromInvokeModel(
                                input -> input.body(SdkBytes.fromUtf8String("{\"prompt\":\"" + prompt + "\"}")))))
                .inputTokens();
        int charged = client.converse(request ->
                        request.modelId("anthropic.claude-sonnet-4-6").messages(message))
                .usage()
                .inputTokens();

        assertThat(List.of(converse, invoke)).containsOnly(charged);
        assertThatThrownBy(() -> client.countTokens(request -> request.modelId("emulator.error-ThrottlingException")
                        .input(CountTokensInput.fromConverse(input -> input.messages(message)))))
                .isInstanceOf(ThrottlingException.class);
    }

    private ApplyGuardrailResponse guardrail(String version, String text) {
        return client.applyGuardrail(
                request -> request.guardrailIdentifier("arn:aws:bedrock:us-east-1:123456789012:guardrail/abc")
                        .guardrailVersion(version)
                        .source("INPUT")
                        .content(GuardrailContentBlock.fromText(
                                GuardrailTextBlock.builder().text(text).build())));
    }

    @Test
    void appliesAGuardrailThatMindsOneWord() {
        ApplyGuardrailResponse blocked = guardrail("1", "a FORBIDDEN word");

        assertThat(guardrail("DRAFT", "fine").action()).isEqualTo(GuardrailAction.NONE);
        assertThat(blocked.action()).isEqualTo(GuardrailAction.GUARDRAIL_INTERVENED);
        assertThat(blocked.outputs()).hasSize(1);
        assertThat(blocked.assessments()
                        .get(0)
                        .wordPolicy()
                        .customWords()
                        .get(0)
                        .match())
                .isEqualTo("forbidden");
        assertThat(blocked.guardrailCoverage().textCharacters().guarded()).isEqualTo(16);
        assertThatThrownBy(() -> guardrail("latest", "fine")).isInstanceOf(ValidationException.class);
    }

    @Test
    void invokesGuardrailChecks() {
        InvokeGuardrailChecksResponse response =
                client.invokeGuardrailChecks(request -> request.messages(GuardrailChecksMessage.builder()
                                .role("user")
                                .content(GuardrailChecksContentBlock.fromText("so forbidden"))
                                .build())
                        .checks(GuardrailChecksConfig.builder()
                                .contentFilter(GuardrailChecksContentFilterConfig.builder()
                                        .categories(GuardrailChecksContentFilterCategoryConfig.builder()
                                                .category("VIOLENCE")
                                                .build())
                                        .build())
                                .build()));

        assertThat(response.results().contentFilter().results().get(0).categoryAsString())
                .isEqualTo("VIOLENCE");
        assertThat(response.results().contentFilter().results().get(0).severityScore())
                .isEqualTo(0.9);
        assertThat(response.usage().contentFilter().textUnits()).isEqualTo(1);
    }

    @Test
    void startsGetsAndListsAsyncInvocations() {
        String arn = client.startAsyncInvoke(request -> request.modelId("amazon.nova-reel-v1:0")
                        .clientRequestToken("once")
                        .modelInput(Document.mapBuilder()
                                .putString("text", "a film")
                                .build())
                        .outputDataConfig(AsyncInvokeOutputDataConfig.fromS3OutputDataConfig(
                                output -> output.s3Uri("s3://bucket/films"))))
                .invocationArn();
        GetAsyncInvokeResponse invocation = client.getAsyncInvoke(request -> request.invocationArn(arn));

        assertThat(invocation.status()).isEqualTo(AsyncInvokeStatus.COMPLETED);
        assertThat(invocation.clientRequestToken()).isEqualTo("once");
        assertThat(invocation.submitTime()).isNotNull();
        assertThat(client.listAsyncInvokes(request -> request.maxResults(10)).asyncInvokeSummaries())
                .singleElement()
                .satisfies(summary -> assertThat(summary.invocationArn()).isEqualTo(arn));
        assertThat(client.listAsyncInvokes(request -> request.statusEquals(AsyncInvokeStatus.FAILED))
                        .asyncInvokeSummaries())
                .isEmpty();
        assertThatThrownBy(() -> client.getAsyncInvoke(request -> request.invocationArn(arn + "x")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void embedsTextsByTheirWords() throws IOException {
        assertThat(embedding("sea")).hasSize(256).isEqualTo(embedding("sea")).isNotEqualTo(embedding("sky"));
    }

    private JsonNode embedding(String text) throws IOException {
        SdkBytes body = SdkBytes.fromUtf8String("{\"inputText\":\"" + text + "\",\"dimensions\":256}");
        return new ObjectMapper()
                .readTree(client.invokeModel(request ->
                                request.modelId("amazon.titan-embed-text-v2:0").body(body))
                        .body()
                        .asByteArray())
                .path("embedding");
    }
}
