package io.bedrockproxy.emulator.bedrock;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The operations of {@link OpenAiApi} and {@link AnthropicApi}, on the host of bedrock-runtime and on that of mantle. */
final class CompatibleOperations {
    private static final String INVOKE = "bedrock:InvokeModel";
    private static final String STREAM = "bedrock:InvokeModelWithResponseStream";

    private CompatibleOperations() {}

    static List<Operation> ofRuntime(OpenAiApi openAi, AnthropicApi anthropic) {
        Permissions permissions = new Permissions(
                CompatibleOperations::inference,
                Needs.anywhere("bedrock:GetInvoke"),
                Needs.anywhere("bedrock:CancelInvoke"),
                Needs.anywhere("bedrock:DeleteInvoke"),
                Needs.anywhere("bedrock:ListFoundationModels"));
        return Stream.concat(
                        openAi("OpenAI", "/openai/v1", openAi, permissions),
                        anthropic("Anthropic", "/anthropic/v1", anthropic, permissions.inference()))
                .toList();
    }

    static List<Operation> ofMantle(OpenAiApi openAi, AnthropicApi anthropic) {
        Permissions permissions = new Permissions(
                Needs.onMantleProject("CreateInference"),
                Needs.onMantleProject("GetInference"),
                Needs.onMantleProject("CancelInference"),
                Needs.onMantleProject("DeleteInference"),
                Needs.onMantleProject("ListModels"));
        return Stream.of(
                        openAi("Mantle", "/v1", openAi, permissions),
                        openAi("Mantle", "/openai/v1", openAi, permissions),
                        anthropic("Mantle", "/anthropic/v1", anthropic, permissions.inference()))
                .flatMap(operations -> operations)
                .toList();
    }

    /** What each kind of request asks for. */
    private record Permissions(
            Function<Call, List<Need>> inference,
            Function<Call, List<Need>> get,
            Function<Call, List<Need>> cancel,
            Function<Call, List<Need>> delete,
            Function<Call, List<Need>> models) {}

    private static List<Need> inference(Call call) {
        boolean stream = call.body().path("stream").asBoolean();
        return Needs.bodyModel(stream ? STREAM : INVOKE, call);
    }

    private static Stream<Operation> openAi(String name, String base, OpenAiApi api, Permissions permissions) {
        String response = base + "/responses/{responseId}";
        return Stream.of(
                        Operation.row(
                                        name + ".ChatCompletions",
                                        "POST",
                                        base + "/chat/completions",
                                        permissions.inference(),
                                        api::chat)
                                .withModelIn("model"),
                        Operation.row(
                                        name + ".Responses",
                                        "POST",
                                        base + "/responses",
                                        permissions.inference(),
                                        api::respond)
                                .withModelIn("model"),
                        Operation.row(name + ".Responses", "GET", response, permissions.get(), api::get),
                        Operation.row(
                                name + ".Responses", "POST", response + "/cancel", permissions.cancel(), api::cancel),
                        Operation.row(name + ".Responses", "DELETE", response, permissions.delete(), api::delete),
                        Operation.row(
                                name + ".Responses",
                                "GET",
                                response + "/input_items",
                                permissions.get(),
                                api::inputItems),
                        Operation.row(name + ".Models", "GET", base + "/models", permissions.models(), api::models),
                        Operation.row(
                                name + ".Models", "GET", base + "/models/{modelId}", permissions.models(), api::model))
                .map(operation -> operation.in(ApiStyle.OPENAI));
    }

    private static Stream<Operation> anthropic(
            String name, String base, AnthropicApi api, Function<Call, List<Need>> needs) {
        String messages = base + "/messages";
        return Stream.of(
                        Operation.row(name + ".Messages", "POST", messages, needs, api::messages)
                                .withModelIn("model"),
                        Operation.row(
                                        name + ".CountTokens",
                                        "POST",
                                        messages + "/count_tokens",
                                        needs,
                                        api::countTokens)
                                .withModelIn("model"))
                .map(operation -> operation.in(ApiStyle.ANTHROPIC));
    }
}
