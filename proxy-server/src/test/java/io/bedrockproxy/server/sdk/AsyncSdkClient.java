package io.bedrockproxy.server.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** {@code BedrockRuntimeAsyncClient}, waited for. */
record AsyncSdkClient(BedrockRuntimeAsyncClient client) implements SdkClient {
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public InvokeModelResponse invokeModel(InvokeModelRequest request) {
        return get(client.invokeModel(request));
    }

    @Override
    public ConverseResponse converse(ConverseRequest request) {
        return get(client.converse(request));
    }

    @Override
    public CountTokensResponse countTokens(CountTokensRequest request) {
        return get(client.countTokens(request));
    }

    @Override
    public ApplyGuardrailResponse applyGuardrail(ApplyGuardrailRequest request) {
        return get(client.applyGuardrail(request));
    }

    @Override
    public Streamed<ResponseStream> invokeModelWithResponseStream(InvokeModelWithResponseStreamRequest request) {
        List<ResponseStream> events = new CopyOnWriteArrayList<>();
        return streamed(
                events,
                client.invokeModelWithResponseStream(
                        request,
                        InvokeModelWithResponseStreamResponseHandler.builder()
                                .subscriber(events::add)
                                .build()));
    }

    @Override
    public Streamed<ConverseStreamOutput> converseStream(ConverseStreamRequest request) {
        List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();
        return streamed(
                events,
                client.converseStream(
                        request,
                        ConverseStreamResponseHandler.builder()
                                .subscriber(events::add)
                                .build()));
    }

    private static <E> Streamed<E> streamed(List<E> events, CompletableFuture<Void> end) {
        try {
            get(end);
            return new Streamed<>(events, null);
        } catch (RuntimeException e) {
            return new Streamed<>(events, e);
        }
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException raised) {
                throw raised;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
