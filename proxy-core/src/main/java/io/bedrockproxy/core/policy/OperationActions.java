package io.bedrockproxy.core.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which IAM actions an operation asks for, its dependent ones included (Service Authorization Reference, Amazon Bedrock).
 * IAM does not know Converse: it is {@code bedrock:InvokeModel}, and its stream {@code
 * bedrock:InvokeModelWithResponseStream}.
 */
final class OperationActions {
    static final String INVOKE = "bedrock:InvokeModel";
    static final String STREAM = "bedrock:InvokeModelWithResponseStream";
    static final String COUNT = "bedrock:CountTokens";

    /** On the models. A stream of a model asks for the plain action as well. */
    private static final Map<String, Set<String>> ON_MODELS = Map.of(
            "InvokeModel", Set.of(INVOKE),
            "Converse", Set.of(INVOKE),
            "InvokeModelWithResponseStream", Set.of(INVOKE, STREAM),
            "ConverseStream", Set.of(INVOKE, STREAM),
            "CountTokens", Set.of(COUNT),
            "StartAsyncInvoke", Set.of(INVOKE),
            "OpenAI.ChatCompletions", Set.of(INVOKE, STREAM),
            "OpenAI.Responses", Set.of(INVOKE, STREAM),
            "Anthropic.Messages", Set.of(INVOKE, STREAM),
            "Anthropic.CountTokens", Set.of(COUNT));

    /** Beside those of the models. */
    private static final Map<String, Set<String>> ON_ANYTHING = Map.of(
            "OpenAI.Responses", Set.of("bedrock:GetInvoke", "bedrock:CancelInvoke", "bedrock:DeleteInvoke"),
            "OpenAI.Models", Set.of("bedrock:ListFoundationModels"),
            "StartAsyncInvoke", Set.of("bedrock:TagResource"));

    /** Names of operations that are names of actions. */
    private static final Set<String> NAMED_ALIKE = Set.of(
            "ApplyGuardrail",
            "InvokeGuardrailChecks",
            "GetAsyncInvoke",
            "ListAsyncInvokes",
            "ListFoundationModels",
            "GetFoundationModel",
            "GetFoundationModelAvailability",
            "ListInferenceProfiles",
            "GetInferenceProfile",
            "ListProvisionedModelThroughputs",
            "ListCustomModels",
            "ListImportedModels",
            "ListPromptRouters",
            "ListCustomModelDeployments",
            "ListMarketplaceModelEndpoints");

    private OperationActions() {}

    static Set<String> onModels(String operation) {
        return ON_MODELS.getOrDefault(operation, Set.of());
    }

    /** Actions that know no resource, and those whose resources no rule of a client is about. */
    static Set<String> onAnything(String operation) {
        if (NAMED_ALIKE.contains(operation)) {
            return Set.of("bedrock:" + operation);
        }
        Set<String> actions = new TreeSet<>(ON_ANYTHING.getOrDefault(operation, Set.of()));
        if (onModels(operation).contains(INVOKE)) {
            // A request may name a guardrail, and tools that AWS runs.
            actions.add("bedrock:ApplyGuardrail");
            actions.add("bedrock:InvokeTool");
        }
        return actions;
    }

    /** What Bedrock does in S3 and KMS with its caller's permissions: files that requests name, and keys of one's own. */
    static Set<String> onBehalf(String operation) {
        if (operation.equals("StartAsyncInvoke")) {
            return Set.of("kms:Decrypt", "kms:GenerateDataKey", "s3:GetObject", "s3:PutObject");
        }
        if (onModels(operation).contains(INVOKE)) {
            return Set.of("kms:Decrypt", "s3:GetObject");
        }
        return operation.equals("ApplyGuardrail") ? Set.of("kms:Decrypt") : Set.of();
    }

    /** What Bedrock does with SageMaker's endpoints for these actions. */
    static Set<String> onEndpoints(Set<String> onModels) {
        Set<String> actions = new TreeSet<>();
        if (onModels.contains(INVOKE)) {
            actions.add("sagemaker:InvokeEndpoint");
        }
        if (onModels.contains(STREAM)) {
            actions.add("sagemaker:InvokeEndpointWithResponseStream");
        }
        return actions;
    }

    /** On the projects of bedrock-mantle, whose actions know no model. */
    static Set<String> onProjects(String operation) {
        if (!operation.startsWith("Mantle.")) {
            return Set.of();
        }
        Set<String> actions = new TreeSet<>(Set.of("bedrock-mantle:Get*", "bedrock-mantle:List*"));
        if (!operation.equals("Mantle.Models")) {
            actions.add("bedrock-mantle:CreateInference");
        }
        if (operation.equals("Mantle.Responses")) {
            // Stored responses can be cancelled and deleted; named after what bedrock-runtime's twins ask for.
            actions.add("bedrock-mantle:CancelInference");
            actions.add("bedrock-mantle:DeleteInference");
        }
        return actions;
    }
}
