package io.bedrockproxy.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailAction;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfigLatency;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** Every operation that the AWS SDK for Java has for the runtime, with each of its HTTP clients. */
@ExtendWith(LeakCheck.class)
class SdkOperationsIT {
    private static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String PROFILE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/" + MODEL;

    @AutoClose
    private static final SdkMatrix matrix = new SdkMatrix();

    @AfterEach
    void upstreamIsClean() {
        matrix.assertUpstreamIsClean();
    }

    static List<SdkCase> all() {
        return SdkCase.all();
    }

    static List<SdkCase> streaming() {
        return SdkCase.streaming();
    }

    @ParameterizedTest
    @MethodSource("all")
    void speakTheirProtocol(SdkCase sdk) {
        try (AccessLogLines log = new AccessLogLines()) {
            matrix.client(sdk).converse(Requests.converse(MODEL));
            assertThat(log.first())
                    .contains("\"protocol\":\"" + sdk.flavor().protocol() + '"', "\"client\":\"test\"")
                    .contains("\"operation\":\"Converse\"", "\"model\":\"" + MODEL + '"', "\"outcome\":\"complete\"");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void invokeAModel(SdkCase sdk) {
        InvokeModelResponse response = matrix.client(sdk).invokeModel(Requests.invoke(MODEL));

        assertThat(response.body().asUtf8String()).contains("\"type\":\"message\"", "You said: " + Requests.PROMPT);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.performanceConfigLatency())
                .as("a header of the model, there and back")
                .isEqualTo(PerformanceConfigLatency.OPTIMIZED);
        RecordedRequest recorded = matrix.recorder(sdk).last();
        assertThat(response.responseMetadata().requestId()).isNotBlank();
        assertThat(recorded.operation()).isEqualTo("InvokeModel");
        assertThat(recorded.modelId()).isEqualTo(MODEL);
        assertThat(recorded.session()).as("signed as the role").isNotNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void converseThroughAnInferenceProfileArn(SdkCase sdk) {
        ConverseResponse response = matrix.client(sdk).converse(Requests.converse(PROFILE));

        assertThat(response.output().message().content().get(0).text()).contains("You said: " + Requests.PROMPT);
        assertThat(response.usage().totalTokens()).isPositive();
        assertThat(matrix.recorder(sdk).last().modelId()).isEqualTo(PROFILE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void countTokens(SdkCase sdk) {
        int counted =
                matrix.client(sdk).countTokens(Requests.countTokens(MODEL)).inputTokens();
        assertThat(counted)
                .isEqualTo(matrix.client(sdk)
                        .converse(Requests.converse(MODEL))
                        .usage()
                        .inputTokens());
    }

    @ParameterizedTest
    @MethodSource("all")
    void applyAGuardrail(SdkCase sdk) {
        ApplyGuardrailResponse blocked = matrix.client(sdk).applyGuardrail(Requests.applyGuardrail("so forbidden"));
        ApplyGuardrailResponse fine = matrix.client(sdk).applyGuardrail(Requests.applyGuardrail(Requests.PROMPT));

        assertThat(blocked.action()).isEqualTo(GuardrailAction.GUARDRAIL_INTERVENED);
        assertThat(fine.action()).isEqualTo(GuardrailAction.NONE);
        assertThat(matrix.recorder(sdk).last().operation()).isEqualTo("ApplyGuardrail");
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void invokeAModelWithResponseStream(SdkCase sdk) {
        Streamed<ResponseStream> stream =
                matrix.client(sdk).invokeModelWithResponseStream(Requests.invokeStream(MODEL));

        assertThat(stream.failure()).isNull();
        List<String> chunks = stream.events().stream()
                .map(event -> ((PayloadPart) event).bytes().asUtf8String())
                .toList();
        assertThat(chunks.get(0)).contains("message_start");
        assertThat(chunks.get(chunks.size() - 1)).contains("message_stop", "amazon-bedrock-invocationMetrics");
        assertThat(chunks).hasSize((int) matrix.recorder(sdk).last().framesSent());
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void converseAsAStream(SdkCase sdk) {
        Streamed<ConverseStreamOutput> stream = matrix.client(sdk).converseStream(Requests.converseStream(MODEL));

        assertThat(stream.failure()).isNull();
        List<ConverseStreamOutput> events = stream.events();
        assertThat(events.get(0)).isInstanceOf(MessageStartEvent.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ConverseStreamMetadataEvent.class);
        String text = events.stream()
                .filter(ContentBlockDeltaEvent.class::isInstance)
                .map(event -> ((ContentBlockDeltaEvent) event).delta().text())
                .collect(Collectors.joining());
        assertThat(text)
                .isEqualTo(matrix.client(sdk)
                        .converse(Requests.converse(MODEL))
                        .output()
                        .message()
                        .content()
                        .get(0)
                        .text());
    }
}
