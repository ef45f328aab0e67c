package io.bedrockproxy.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.http.AnswerEnd;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** The event-stream operations through the AWS SDK's asynchronous client: HTTP/2 with prior knowledge. */
@ExtendWith(LeakDetection.class)
class StreamTest {
    private static Emulator emulator;
    private static BedrockRuntimeAsyncClient client;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorConfig.defaults().withPace(Duration.ofMillis(5)));
        client = SdkClients.bedrockAsync(emulator, SdkClients.sourceKey());
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    private static CompletableFuture<Void> invoke(String modelId, String body, List<String> chunks) {
        return client.invokeModelWithResponseStream(
                request ->
                        request.modelId(modelId).contentType("application/json").body(SdkBytes.fromUtf8String(body)),
                InvokeModelWithResponseStreamResponseHandler.builder()
                        .subscriber(event ->
                                chunks.add(((PayloadPart) event).bytes().asUtf8String()))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-sonnet-4-6, message_start, message_stop",
        "amazon.nova-pro-v1:0, messageStart, metadata",
        "amazon.titan-text-express-v1, outputText, FINISH",
        "meta.llama3-8b-instruct-v1:0, generation, stop",
        "mistral.mistral-large-2402-v1:0, outputs, stop",
        "cohere.command-r-v1:0, text-generation, COMPLETE",
        "openai.gpt-oss-20b-1:0, chat.completion.chunk, stop",
    })
    void streamsEachFamilyInItsShape(String modelId, String first, String last) {
        List<String> chunks = new CopyOnWriteArrayList<>();
        invoke(modelId, "{\"prompt\":\"quick brown fox\"}", chunks).join();

        assertThat(chunks.get(0)).contains(first);
        assertThat(chunks.get(chunks.size() - 1))
                .contains(last)
                .contains("\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":")
                .contains("firstByteLatency");
        assertThat(chunks.stream().anyMatch(chunk -> chunk.contains("\" brown\"")))
                .isTrue();
        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.protocol()).isEqualTo("h2");
        assertThat(recorded.verified()).as(recorded.toString()).isTrue();
        await().until(() -> recorded.end() == AnswerEnd.COMPLETE);
        assertThat(recorded.framesSent()).isEqualTo(chunks.size());
    }

    private static CompletableFuture<Void> converse(String modelId, List<ConverseStreamOutput> events) {
        return client.converseStream(
                request -> request.modelId(modelId)
                        .messages(Message.builder()
                                .role("user")
                                .content(ContentBlock.fromText("tea time"))
                                .build()),
                ConverseStreamResponseHandler.builder().subscriber(events::add).build());
    }

    @Test
    void streamsConverse() {
        List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();
        converse("anthropic.claude-sonnet-4-6", events).join();

        String text = events.stream()
                .filter(event -> event.sdkEventType() == ConverseStreamOutput.EventType.CONTENT_BLOCK_DELTA)
                .map(event -> ((ContentBlockDeltaEvent) event).delta().text())
                .collect(Collectors.joining());
        assertThat(text).startsWith("You said: tea time (this is anthropic.claude-sonnet-4-6");
        assertThat(events.get(0).sdkEventType()).isEqualTo(ConverseStreamOutput.EventType.MESSAGE_START);
        assertThat(events.get(events.size() - 1).sdkEventType()).isEqualTo(ConverseStreamOutput.EventType.METADATA);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40})
    void raisesAnExceptionInTheMiddle(int frames) {
        List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();

        assertThatThrownBy(() -> converse("emulator.midstream-ThrottlingException-" + frames, events)
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ThrottlingException.class);
        assertThat(events).hasSize(frames);
    }

    @Test
    void streamsAtThePaceAskedFor() {
        List<String> chunks = new CopyOnWriteArrayList<>();
        invoke("emulator.pace-20-10-100", "{}", chunks).join();

        RecordedRequest recorded = emulator.recorder().last();
        assertThat(chunks).filteredOn(chunk -> chunk.contains("x".repeat(100))).hasSize(10);
        await().until(() -> recorded.end() == AnswerEnd.COMPLETE);
        assertThat(recorded.endNanos() - recorded.firstByteNanos())
                .as("10 deltas, 20 ms apart")
                .isGreaterThan(Duration.ofMillis(200).toNanos());
    }

    @Test
    void streamsAboutAsManyBytesAsAskedFor() {
        List<String> chunks = new CopyOnWriteArrayList<>();
        invoke("emulator.size-3000000", "{}", chunks).join();

        assertThat(emulator.recorder().last().bytesSent()).isBetween(2_900_000L, 3_100_000L);
        assertThat(chunks.stream()
                        .mapToInt(chunk -> chunk.getBytes(UTF_8).length)
                        .sum())
                .isGreaterThan(2_000_000);
    }

    @Test
    void noticesThatTheClientCancelsItsStream() {
        List<String> chunks = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> call = invoke("emulator.pace-5-100000-100", "{}", chunks);
        await().until(() -> chunks.size() > 3);

        long cancelled = System.nanoTime();
        call.cancel(true);

        RecordedRequest recorded = emulator.recorder().last();
        await().until(recorded::cancelled);
        assertThat(recorded.endNanos() - cancelled)
                .isLessThan(Duration.ofMillis(500).toNanos());
        assertThat(emulator.recorder().openAnswers()).isZero();
    }
}
