package io.bedrockproxy.server.sdk;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfigLatency;

/** One request of each operation, all with the same prompt. */
final class Requests {
    static final String PROMPT = "tea time";

    private static final String BODY = """
            {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 64,
             "messages": [{"role": "user", "content": "%s"}]}
            """.formatted(PROMPT);

    private Requests() {}

    private static Message message() {
        return Message.builder()
                .role("user")
                .content(ContentBlock.fromText(PROMPT))
                .build();
    }

    static InvokeModelRequest invoke(String modelId) {
        return InvokeModelRequest.builder()
                .modelId(modelId)
                .contentType("application/json")
                .performanceConfigLatency(PerformanceConfigLatency.OPTIMIZED)
                .body(SdkBytes.fromUtf8String(BODY))
                .build();
    }

    static InvokeModelWithResponseStreamRequest invokeStream(String modelId) {
        return InvokeModelWithResponseStreamRequest.builder()
                .modelId(modelId)
                .contentType("application/json")
                .body(SdkBytes.fromUtf8String(BODY))
                .build();
    }

    static ConverseRequest converse(String modelId) {
        return ConverseRequest.builder().modelId(modelId).messages(message()).build();
    }

    static ConverseStreamRequest converseStream(String modelId) {
        return ConverseStreamRequest.builder()
                .modelId(modelId)
                .messages(message())
                .build();
    }

    static CountTokensRequest countTokens(String modelId) {
        return CountTokensRequest.builder()
                .modelId(modelId)
                .input(CountTokensInput.fromConverse(input -> input.messages(message())))
                .build();
    }

    static ApplyGuardrailRequest applyGuardrail(String text) {
        return ApplyGuardrailRequest.builder()
                .guardrailIdentifier("arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghij12")
                .guardrailVersion("DRAFT")
                .source("INPUT")
                .content(GuardrailContentBlock.fromText(block -> block.text(text)))
                .build();
    }
}
