package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** What only HTTP/2 can do. */
@ExtendWith(LeakDetection.class)
class Http2Test {
    @Test
    void servesManyStreamsAtOnce() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.defaults());
                BedrockRuntimeAsyncClient client = SdkClients.bedrockAsync(emulator, SdkClients.sourceKey())) {
            List<CompletableFuture<InvokeModelResponse>> calls = IntStream.range(0, 40)
                    .mapToObj(i -> client.invokeModel(request -> request.modelId("emulator.delay-300")
                            .body(SdkBytes.fromUtf8String("{\"prompt\":\"caller " + i + " here\"}"))))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).join().body().asUtf8String()).contains("caller " + i + " here");
            }

            assertThat(emulator.recorder().requests())
                    .hasSize(40)
                    .allMatch(recorded -> recorded.protocol().equals("h2"));
            assertThat(emulator.recorder().refusedCount()).isZero();
        }
    }

    @Test
    void makesNoMoreOfABigStreamThanTheReaderTakes() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.defaults());
                BedrockRuntimeAsyncClient client = SdkClients.bedrockAsync(emulator, SdkClients.sourceKey())) {
            CompletableFuture<Void> call = client.invokeModelWithResponseStream(
                    request -> request.modelId("emulator.size-500000000").body(SdkBytes.fromUtf8String("{}")),
                    InvokeModelWithResponseStreamResponseHandler.builder()
                            .onEventStream(events -> events.subscribe(new SlowReader()))
                            .build());
            await().until(() -> emulator.recorder().openAnswers() == 1);
            RecordedRequest recorded = emulator.recorder().last();
            await().during(Duration.ofMillis(300)).until(recorded::bytesSent, sent -> sent > 0 && sent < 20_000_000);

            call.cancel(true);
            await().until(recorded::cancelled);
        }
    }

    /** Takes one event and no more. */
    private static final class SlowReader implements Subscriber<ResponseStream> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(ResponseStream event) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
