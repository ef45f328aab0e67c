package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.PercentDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control plane's operations that clients use to find models and inference profiles. */
final class Discovery {
    private static final int DEFAULT_PAGE = 1000;

    private Discovery() {}

    static Result listFoundationModels(Call call) {
        Map<String, String> query = query(call);
        ObjectNode answer = Json.object();
        ArrayNode summaries = answer.putArray("modelSummaries");
        for (Catalog.Model model : Catalog.MODELS) {
            ObjectNode json = model.json(call.region());
            boolean asked =
                    (query.get("byProvider") == null || model.provider().equalsIgnoreCase(query.get("byProvider")))
                            && lists(json.path("outputModalities"), query.get("byOutputModality"))
                            && lists(json.path("inferenceTypesSupported"), query.get("byInferenceType"))
                            && lists(json.path("customizationsSupported"), query.get("byCustomizationType"));
            if (asked) {
                summaries.add(json);
            }
        }
        return Result.json(answer);
    }

    private static boolean lists(JsonNode array, @Nullable String wanted) {
        if (wanted == null) {
            return true;
        }
        for (JsonNode one : array) {
            if (one.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    static Result getFoundationModel(Call call) {
        Catalog.Model model = Catalog.find(call.variable("modelIdentifier"));
        return model == null
                ? Errors.of("ResourceNotFoundException", "Could not find the provided model identifier")
                : Result.json(Json.object().set("modelDetails", model.json(call.region())));
    }

    static Result getFoundationModelAvailability(Call call) {
        Catalog.Model model = Catalog.find(call.variable("modelIdentifier"));
        if (model == null) {
            return Errors.of("ResourceNotFoundException", "Could not find the provided model identifier");
        }
        ObjectNode answer = Json.object();
        answer.put("modelId", call.variable("modelIdentifier"));
        answer.putObject("agreementAvailability").put("status", "AVAILABLE");
        answer.put("authorizationStatus", "AUTHORIZED");
        answer.put("entitlementAvailability", "AVAILABLE");
        answer.put("regionAvailability", "AVAILABLE");
        return Result.json(answer);
    }

    static Result listInferenceProfiles(Call call) {
        Map<String, String> query = query(call);
        String type = query.getOrDefault("type", query.get("typeEquals"));
        List<ObjectNode> profiles = Catalog.profiles(
                        call.region(), call.key().owner().account())
                .stream()
                .filter(profile -> type == null || profile.path("type").asText().equals(type))
                .toList();
        int start = number(query.get("nextToken"), 0);
        int size = number(query.get("maxResults"), DEFAULT_PAGE);
        if (size < 1 || size > DEFAULT_PAGE || start > profiles.size()) {
            return Errors.validation("1 validation error detected: Value at 'maxResults' failed to satisfy constraint:"
                    + " Member must have value between 1 and 1000");
        }
        int end = Math.min(profiles.size(), start + size);
        ObjectNode answer = Json.object();
        answer.putArray("inferenceProfileSummaries").addAll(profiles.subList(start, end));
        if (end < profiles.size()) {
            answer.put("nextToken", String.valueOf(end));
        }
        return Result.json(answer);
    }

    static Result getInferenceProfile(Call call) {
        String id = call.variable("inferenceProfileIdentifier");
        for (ObjectNode profile :
                Catalog.profiles(call.region(), call.key().owner().account())) {
            if (id.equals(profile.path("inferenceProfileId").asText())
                    || id.equals(profile.path("inferenceProfileArn").asText())) {
                return Result.json(profile);
            }
        }
        return Errors.of("ResourceNotFoundException", "The inference profile does not exist.");
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null ? otherwise : text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static Map<String, String> query(Call call) {
        Map<String, String> query = new HashMap<>();
        for (String part : call.head().query().split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        PercentDecoder.decode(part.substring(0, equals)),
                        PercentDecoder.decode(part.substring(equals + 1)));
            }
        }
        return query;
    }
}
