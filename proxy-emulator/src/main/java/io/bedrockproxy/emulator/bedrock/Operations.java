package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The table of operations: a new operation is one new row. */
final class Operations {
    private static final String INVOKE = "bedrock:InvokeModel";
    private static final String STREAM = "bedrock:InvokeModelWithResponseStream";

    private Operations() {}

    static List<Operation> all(InstantSource clock, Duration pace, RandomGenerator random) {
        Inference inference = new Inference(pace, random);
        List<Operation> all = new ArrayList<>(runtime(inference));
        all.addAll(guardrails());
        all.addAll(asyncInvokes(new AsyncInvokes(clock, random)));
        all.addAll(discovery());
        all.addAll(
                CompatibleOperations.ofRuntime(new OpenAiApi(inference, clock, random), new AnthropicApi(inference)));
        return List.copyOf(all);
    }

    /** The other host's. */
    static List<Operation> mantle(InstantSource clock, Duration pace, RandomGenerator random) {
        Inference inference = new Inference(pace, random);
        return CompatibleOperations.ofMantle(new OpenAiApi(inference, clock, random), new AnthropicApi(inference));
    }

    private static List<Operation> runtime(Inference inference) {
        String model = "/model/{modelId}/";
        return List.of(
                Operation.row("InvokeModel", "POST", model + "invoke", Needs.model(INVOKE), inference::invoke),
                Operation.row(
                        "InvokeModelWithResponseStream",
                        "POST",
                        model + "invoke-with-response-stream",
                        Needs.model(STREAM),
                        inference::invokeStream),
                Operation.row("Converse", "POST", model + "converse", Needs.model(INVOKE), inference::converse),
                Operation.row(
                        "ConverseStream",
                        "POST",
                        model + "converse-stream",
                        Needs.model(STREAM),
                        inference::converseStream),
                Operation.row(
                        "CountTokens",
                        "POST",
                        model + "count-tokens",
                        Needs.model("bedrock:CountTokens"),
                        TokenCount::answer));
    }

    private static List<Operation> guardrails() {
        return List.of(
                Operation.row(
                        "ApplyGuardrail",
                        "POST",
                        "/guardrail/{guardrailIdentifier}/version/{guardrailVersion}/apply",
                        Needs::applyGuardrail,
                        Guardrails::apply),
                Operation.row(
                        "InvokeGuardrailChecks",
                        "POST",
                        "/guardrail-checks/invoke",
                        Needs.anywhere("bedrock:InvokeGuardrailChecks"),
                        Guardrails::checks));
    }

    private static List<Operation> asyncInvokes(AsyncInvokes asyncInvokes) {
        return List.of(
                Operation.row("StartAsyncInvoke", "POST", "/async-invoke", Needs::startAsyncInvoke, asyncInvokes::start)
                        .withModelIn("modelId"),
                Operation.row(
                        "GetAsyncInvoke",
                        "GET",
                        "/async-invoke/{invocationArn}",
                        Needs.onArn("bedrock:GetAsyncInvoke", "invocationArn"),
                        asyncInvokes::get),
                Operation.row(
                        "ListAsyncInvokes",
                        "GET",
                        "/async-invoke",
                        Needs.anywhere("bedrock:ListAsyncInvokes"),
                        asyncInvokes::list));
    }

    /** Of the control plane, which is signed for the same service. */
    private static List<Operation> discovery() {
        return List.of(
                Operation.row(
                        "ListFoundationModels",
                        "GET",
                        "/foundation-models",
                        Needs.anywhere("bedrock:ListFoundationModels"),
                        Discovery::listFoundationModels),
                Operation.row(
                        "GetFoundationModel",
                        "GET",
                        "/foundation-models/{modelIdentifier}",
                        Needs::getFoundationModel,
                        Discovery::getFoundationModel),
                Operation.row(
                        "ListInferenceProfiles",
                        "GET",
                        "/inference-profiles",
                        Needs.anywhere("bedrock:ListInferenceProfiles"),
                        Discovery::listInferenceProfiles),
                Operation.row(
                        "GetInferenceProfile",
                        "GET",
                        "/inference-profiles/{inferenceProfileIdentifier}",
                        Needs::getInferenceProfile,
                        Discovery::getInferenceProfile),
                Operation.row(
                        "GetFoundationModelAvailability",
                        "GET",
                        "/foundation-model-availability/{modelIdentifier}",
                        Needs.anywhere("bedrock:GetFoundationModelAvailability"),
                        Discovery::getFoundationModelAvailability),
                emptyList(
                        "ListProvisionedModelThroughputs",
                        "/provisioned-model-throughputs",
                        "provisionedModelSummaries"),
                emptyList("ListCustomModels", "/custom-models", "modelSummaries"),
                emptyList("ListImportedModels", "/imported-models", "modelSummaries"),
                emptyList("ListPromptRouters", "/prompt-routers", "promptRouterSummaries"),
                emptyList(
                        "ListCustomModelDeployments",
                        "/model-customization/custom-model-deployments",
                        "modelDeploymentSummaries"),
                emptyList(
                        "ListMarketplaceModelEndpoints", "/marketplace-model/endpoints", "marketplaceModelEndpoints"));
    }

    /** Of what an account has to make first. */
    private static Operation emptyList(String name, String path, String member) {
        return Operation.row(name, "GET", path, Needs.anywhere("bedrock:" + name), call -> {
            ObjectNode answer = Json.object();
            answer.putArray(member);
            return Result.json(answer);
        });
    }
}
