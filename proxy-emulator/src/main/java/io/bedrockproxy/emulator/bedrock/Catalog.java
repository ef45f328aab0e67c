package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The models and inference profiles that discovery shows; the runtime operations take many more. */
final class Catalog {
    /** The id of the one application inference profile that is listed. */
    static final String APPLICATION_PROFILE = "emulator0001";

    private static final String TIME = "2025-01-01T00:00:00Z";

    static final List<Model> MODELS = List.of(
            new Model("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", "Anthropic", "TEXT", false),
            new Model("anthropic.claude-3-haiku-20240307-v1:0", "Claude 3 Haiku", "Anthropic", "TEXT", true),
            new Model("amazon.nova-pro-v1:0", "Nova Pro", "Amazon", "TEXT", true),
            new Model("amazon.nova-lite-v1:0", "Nova Lite", "Amazon", "TEXT", true),
            new Model("amazon.titan-embed-text-v2:0", "Titan Text Embeddings V2", "Amazon", "EMBEDDING", true),
            new Model("meta.llama3-1-8b-instruct-v1:0", "Llama 3.1 8B Instruct", "Meta", "TEXT", true));

    /**
     * One foundation model.
     *
     * @param id its id
     * @param name its name for people
     * @param provider who made it
     * @param output its output modality
     * @param onDemand whether it is also served without an inference profile
     */
    record Model(String id, String name, String provider, String output, boolean onDemand) {
        boolean hasProfiles() {
            return output.equals("TEXT");
        }

        ObjectNode json(String region) {
            ObjectNode json = Json.object()
                    .put("modelArn", Regions.modelArn(region, region, id))
                    .put("modelId", id)
                    .put("modelName", name)
                    .put("providerName", provider)
                    .put("responseStreamingSupported", output.equals("TEXT"));
            json.putArray("inputModalities").add("TEXT");
            json.putArray("outputModalities").add(output);
            json.putArray("customizationsSupported");
            ArrayNode types = json.putArray("inferenceTypesSupported");
            if (onDemand) {
                types.add("ON_DEMAND");
            }
            if (hasProfiles()) {
                types.add("INFERENCE_PROFILE");
            }
            json.putObject("modelLifecycle").put("status", "ACTIVE");
            return json;
        }
    }

    private Catalog() {}

    static @Nullable Model find(String identifier) {
        String id = ModelId.of(identifier).bare();
        return MODELS.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The resource part of the ARN of a profile that is named by its id. */
    static String profileResource(String id) {
        return (id.equals(APPLICATION_PROFILE) ? "application-inference-profile/" : "inference-profile/") + id;
    }

    /** The profiles that callers of {@code account} see in {@code region}, as JSON. */
    static List<ObjectNode> profiles(String region, String account) {
        String arnStart = "arn:" + Regions.partition(region) + ":bedrock:" + region + ':' + account + ':';
        List<ObjectNode> profiles = new ArrayList<>();
        for (Model model : MODELS) {
            for (String geography : model.hasProfiles() ? geographies(region) : List.<String>of()) {
                String id = geography + '.' + model.id();
                String title = geography.length() < 4 ? geography.toUpperCase(Locale.ROOT) : geography;
                ObjectNode profile = profile(arnStart, id, title + ' ' + model.name(), "SYSTEM_DEFINED");
                ArrayNode models = profile.putArray("models");
                for (String destination : Regions.destinations(geography, region)) {
                    models.addObject().put("modelArn", Regions.modelArn(region, destination, model.id()));
                }
                profiles.add(profile);
            }
        }
        ObjectNode own = profile(arnStart, APPLICATION_PROFILE, "emulator", "APPLICATION");
        own.putArray("models").addObject().put("modelArn", Regions.modelArn(region, region, ModelNeeds.OPAQUE_MODEL));
        profiles.add(own);
        return profiles;
    }

    private static ObjectNode profile(String arnStart, String id, String name, String type) {
        return Json.object()
                .put("inferenceProfileName", name)
                .put("description", "Routes requests to " + name + ".")
                .put("createdAt", TIME)
                .put("updatedAt", TIME)
                .put("inferenceProfileArn", arnStart + profileResource(id))
                .put("inferenceProfileId", id)
                .put("status", "ACTIVE")
                .put("type", type);
    }

    private static List<String> geographies(String region) {
        String geography = region.startsWith("us-gov-")
                ? "us-gov"
                : region.startsWith("ap-") ? "apac" : region.substring(0, region.indexOf('-'));
        return List.of("us", "eu", "apac", "us-gov", "ca").contains(geography)
                ? List.of(geography, "global")
                : List.of("global");
    }
}
