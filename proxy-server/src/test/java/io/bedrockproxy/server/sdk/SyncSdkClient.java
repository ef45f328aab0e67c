package io.bedrockproxy.server.sdk;

import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** {@code BedrockRuntimeClient}, which has no event-stream operations. */
record SyncSdkClient(BedrockRuntimeClient client) implements SdkClient {
    @Override
    public InvokeModelResponse invokeModel(InvokeModelRequest request) {
        return client.invokeModel(request);
    }

    @Override
    public ConverseResponse converse(ConverseRequest request) {
        return client.converse(request);
    }

    @Override
    public CountTokensResponse countTokens(CountTokensRequest request) {
        return client.countTokens(request);
    }

    @Override
    public ApplyGuardrailResponse applyGuardrail(ApplyGuardrailRequest request) {
        return client.applyGuardrail(request);
    }

    @Override
    public Streamed<ResponseStream> invokeModelWithResponseStream(InvokeModelWithResponseStreamRequest request) {
        throw new UnsupportedOperationException("only the asynchronous client streams");
    }

    @Override
    public Streamed<ConverseStreamOutput> converseStream(ConverseStreamRequest request) {
        throw new UnsupportedOperationException("only the asynchronous client streams");
    }

    @Override
    public void close() {
        client.close();
    }
}
