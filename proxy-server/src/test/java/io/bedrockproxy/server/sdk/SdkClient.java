package io.bedrockproxy.server.sdk;

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

/** The SDK's synchronous and asynchronous client behind one face. Methods throw what the SDK raises. */
interface SdkClient extends AutoCloseable {
    InvokeModelResponse invokeModel(InvokeModelRequest request);

    ConverseResponse converse(ConverseRequest request);

    CountTokensResponse countTokens(CountTokensRequest request);

    ApplyGuardrailResponse applyGuardrail(ApplyGuardrailRequest request);

    /** Waits for the end of the stream. */
    Streamed<ResponseStream> invokeModelWithResponseStream(InvokeModelWithResponseStreamRequest request);

    /** Waits for the end of the stream. */
    Streamed<ConverseStreamOutput> converseStream(ConverseStreamRequest request);

    @Override
    void close();
}
