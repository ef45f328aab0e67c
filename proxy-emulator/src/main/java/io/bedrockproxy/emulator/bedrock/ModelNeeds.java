package io.bedrockproxy.emulator.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The permissions that using a model asks for: its own, and those of the models behind a profile. */
final class ModelNeeds {
    /** The model behind profiles, prompts and routers of which only their owner knows the model. */
    static final String OPAQUE_MODEL = "amazon.nova-lite-v1:0";

    private static final String PROFILE_KEY = "bedrock:InferenceProfileArn";

    private final String action;
    private final String region;
    private final String arnStart;

    private ModelNeeds(String action, String region, String account) {
        this.action = action;
        this.region = region;
        this.arnStart = "arn:" + Regions.partition(region) + ":bedrock:" + region + ':' + account + ':';
    }

    /** What {@code action} on the model {@code id} asks for in {@code region}. */
    static List<Need> of(String action, String id, String region, String account) {
        return new ModelNeeds(action, region, account).needs(id);
    }

    private List<Need> needs(String id) {
        if (!id.startsWith("arn:")) {
            String geography = ModelId.geography(id);
            return geography == null
                    ? List.of(need(Regions.modelArn(region, region, id)))
                    : profile(arnStart + "inference-profile/" + id, geography, id.substring(geography.length() + 1));
        }
        String[] parts = id.split(":", 6);
        String resource = parts.length < 6 ? "" : parts[5];
        int slash = resource.indexOf('/');
        String name = resource.substring(slash + 1);
        if (id.contains(":sagemaker:")) {
            return marketplace(id);
        }
        return switch (slash < 0 ? "" : resource.substring(0, slash)) {
            case "inference-profile" -> {
                String geography = ModelId.geography(name);
                yield geography == null
                        ? behind(need(id), id)
                        : profile(id, geography, name.substring(geography.length() + 1));
            }
            case "application-inference-profile" -> behind(need(id), id);
            case "prompt-router", "default-prompt-router" -> behind(need(id), null);
            case "prompt" -> behind(new Need("bedrock:RenderPrompt", id, region, Map.of()), null);
            default -> List.of(need(id));
        };
    }

    private Need need(String arn) {
        return new Need(action, arn, region, Map.of());
    }

    private List<Need> profile(String profileArn, String geography, String model) {
        List<Need> needs = new ArrayList<>(List.of(need(profileArn)));
        for (String destination : Regions.destinations(geography, region)) {
            String arn = Regions.modelArn(region, destination, model);
            needs.add(new Need(action, arn, destination, Map.of()).with(PROFILE_KEY, profileArn));
        }
        return needs;
    }

    private List<Need> behind(Need front, @Nullable String profileArn) {
        Need model = need(Regions.modelArn(region, region, OPAQUE_MODEL));
        return List.of(front, profileArn == null ? model : model.with(PROFILE_KEY, profileArn));
    }

    private List<Need> marketplace(String endpointArn) {
        boolean stream = action.endsWith("WithResponseStream");
        String invoke = stream ? "sagemaker:InvokeEndpointWithResponseStream" : "sagemaker:InvokeEndpoint";
        return List.of(
                need(arnStart + "marketplace/model-endpoint/all-access"),
                new Need(invoke, endpointArn, region, Map.of())
                        .with("aws:CalledVia", "bedrock.amazonaws.com")
                        .with("aws:CalledViaLast", "bedrock.amazonaws.com"));
    }
}
