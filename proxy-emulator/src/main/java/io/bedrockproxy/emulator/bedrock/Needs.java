package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which permissions each operation asks for, as the service authorization reference lists them. */
final class Needs {
    private static final String GUARDRAIL = "X-Amzn-Bedrock-Guardrail";

    private Needs() {}

    /** An operation on the model of its path, and on the guardrail and tools that the request names. */
    static Function<Call, List<Need>> model(String action) {
        return call -> model(action, call.variable("modelId"), call);
    }

    private static List<Need> model(String action, String id, Call call) {
        List<Need> needs = new ArrayList<>(ModelNeeds.of(action, id, call.region(), account(call)));
        JsonNode config = call.body().path("guardrailConfig");
        String guardrail = either(call, GUARDRAIL + "Identifier", config.path("guardrailIdentifier"));
        String version = either(call, GUARDRAIL + "Version", config.path("guardrailVersion"));
        if (!guardrail.isEmpty()) {
            String arn = guardrailArn(call, guardrail);
            String versioned = version.isEmpty() || version.equals("DRAFT") ? arn : arn + ':' + version;
            needs.replaceAll(need -> need.with("bedrock:GuardrailIdentifier", versioned));
            needs.add(need(call, "bedrock:ApplyGuardrail", arn));
        }
        for (JsonNode tool : call.body().path("toolConfig").path("tools")) {
            if (tool.has("systemTool")) {
                String arn = "arn:" + Regions.partition(call.region()) + ":bedrock::" + account(call);
                String name = tool.path("systemTool").path("name").asText();
                needs.add(need(call, "bedrock:InvokeTool", arn + ":system-tool/" + name));
            }
        }
        return needs;
    }

    /** An action on the model that the body names. */
    static List<Need> bodyModel(String action, Call call) {
        return model(action, call.body().path("model").asText(), call);
    }

    /** One of mantle's actions, on the project that requests belong to which name none. */
    static Function<Call, List<Need>> onMantleProject(String action) {
        return call -> List.of(need(
                call,
                "bedrock-mantle:" + action,
                "arn:" + Regions.partition(call.region()) + ":bedrock-mantle:" + call.region() + ':' + account(call)
                        + ":project/default"));
    }

    static List<Need> applyGuardrail(Call call) {
        return List.of(need(call, "bedrock:ApplyGuardrail", guardrailArn(call, call.variable("guardrailIdentifier"))));
    }

    static List<Need> startAsyncInvoke(Call call) {
        List<Need> needs = new ArrayList<>(
                model("bedrock:InvokeModel", call.body().path("modelId").asText(), call));
        if (!call.body().path("tags").isEmpty()) {
            needs.add(need(call, "bedrock:TagResource", arn(call, "async-invoke/*")));
        }
        return needs;
    }

    /** An action on the ARN that the path has as {@code variable}. */
    static Function<Call, List<Need>> onArn(String action, String variable) {
        return call -> List.of(need(call, action, call.variable(variable)));
    }

    /** An action that has no resource. */
    static Function<Call, List<Need>> anywhere(String action) {
        return call -> List.of(need(call, action, "*"));
    }

    static List<Need> getFoundationModel(Call call) {
        String id = call.variable("modelIdentifier");
        String arn = id.startsWith("arn:") ? id : Regions.modelArn(call.region(), call.region(), id);
        return List.of(need(call, "bedrock:GetFoundationModel", arn));
    }

    static List<Need> getInferenceProfile(Call call) {
        String id = call.variable("inferenceProfileIdentifier");
        return List.of(need(
                call,
                "bedrock:GetInferenceProfile",
                id.startsWith("arn:") ? id : arn(call, Catalog.profileResource(id))));
    }

    private static Need need(Call call, String action, String arn) {
        return new Need(action, arn, call.region(), Map.of());
    }

    private static String guardrailArn(Call call, String guardrail) {
        return guardrail.startsWith("arn:") ? guardrail : arn(call, "guardrail/" + guardrail);
    }

    private static String arn(Call call, String resource) {
        return "arn:" + Regions.partition(call.region()) + ":bedrock:" + call.region() + ':' + account(call) + ':'
                + resource;
    }

    private static String account(Call call) {
        return call.key().owner().account();
    }

    private static String either(Call call, String header, JsonNode field) {
        String value = call.head().header(header);
        return value == null ? field.asText() : value;
    }
}
