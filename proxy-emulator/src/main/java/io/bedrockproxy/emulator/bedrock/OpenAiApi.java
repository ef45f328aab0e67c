package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** OpenAI's API as Bedrock serves it: chat completions, responses that are remembered, models. */
final class OpenAiApi {
    private static final int REMEMBERED = 1000;
    private static final long MODELS_CREATED = 1_735_689_600;

    private final Inference inference;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** A response, and what it was asked. */
    private record Kept(ObjectNode response, ArrayNode input, boolean background) {}

    OpenAiApi(Inference inference, InstantSource clock, RandomGenerator random) {
        this.inference = inference;
        this.clock = clock;
        this.random = random;
    }

    Result chat(Call call) {
        JsonNode messages = call.body().path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return Errors.validation("Invalid 'messages': expected an array with at least one message.");
        }
        boolean usage = call.body().path("stream_options").path("include_usage").asBoolean();
        return answer(call, new ChatShape(clock.instant().getEpochSecond(), usage));
    }

    Result respond(Call call) {
        JsonNode input = call.body().path("input");
        if (!input.isTextual() && !input.isArray()) {
            return Errors.validation("Missing required parameter: 'input'.");
        }
        String id = "resp_" + Long.toString(random.nextLong() >>> 1, 36) + Long.toString(random.nextLong() >>> 1, 36);
        ResponsesShape shape = new ResponsesShape(id, clock.instant().getEpochSecond());
        if (call.body().path("store").asBoolean(true)) {
            ModelId model = ModelId.of(call.body().path("model").asText());
            Generation generation = Inference.generation(call, model, Duration.ZERO);
            remember(id, shape.whole(generation, generation.deltas().text()), call.body());
        }
        return answer(call, shape);
    }

    private Result answer(Call call, AnswerShape shape) {
        ModelId model = ModelId.of(call.body().path("model").asText());
        return call.body().path("stream").asBoolean()
                ? inference.stream(call, model, shape)
                : inference.whole(call, model, shape);
    }

    private synchronized void remember(String id, ObjectNode response, ObjectNode request) {
        if (kept.size() == REMEMBERED) {
            kept.remove(kept.keySet().iterator().next());
        }
        ArrayNode input = Json.object().putArray("data");
        JsonNode asked = request.path("input");
        if (asked.isArray()) {
            asked.forEach(input::add);
        } else {
            ObjectNode message = input.addObject().put("type", "message").put("role", "user");
            message.putArray("content").addObject().put("type", "input_text").put("text", asked.asText());
        }
        for (int i = 0; i < input.size(); i++) {
            if (input.get(i) instanceof ObjectNode item && !item.has("id")) {
                item.put("id", id.replace("resp_", "msg_in_") + i);
            }
        }
        kept.put(id, new Kept(response, input, request.path("background").asBoolean()));
    }

    private @Nullable Kept find(Call call) {
        return kept.get(call.variable("responseId"));
    }

    synchronized Result get(Call call) {
        Kept found = find(call);
        return found == null ? unknown(call) : Result.json(found.response());
    }

    synchronized Result cancel(Call call) {
        Kept found = find(call);
        if (found == null) {
            return unknown(call);
        }
        return found.background()
                ? Result.json(found.response().deepCopy().put("status", "cancelled"))
                : Errors.validation("Cannot cancel a synchronous response.");
    }

    synchronized Result delete(Call call) {
        String id = call.variable("responseId");
        return kept.remove(id) == null
                ? unknown(call)
                : Result.json(
                        Json.object().put("id", id).put("object", "response").put("deleted", true));
    }

    synchronized Result inputItems(Call call) {
        Kept found = find(call);
        if (found == null) {
            return unknown(call);
        }
        ObjectNode list = Json.object().put("object", "list");
        list.set("data", found.input());
        int last = found.input().size() - 1;
        return Result.json(list.put("has_more", false)
                .put("first_id", found.input().path(0).path("id").asText())
                .put("last_id", found.input().path(last).path("id").asText()));
    }

    private static Result unknown(Call call) {
        return Errors.of(
                "ResourceNotFoundException", "Response with id '" + call.variable("responseId") + "' not found.");
    }

    Result models(Call call) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        Catalog.MODELS.forEach(model -> data.add(model(model.id())));
        return Result.json(list);
    }

    /** Whether it is known was asked before. */
    Result model(Call call) {
        return Result.json(model(call.variable("modelId")));
    }

    private static ObjectNode model(String id) {
        int dot = id.indexOf('.');
        return Json.object()
                .put("id", id)
                .put("object", "model")
                .put("created", MODELS_CREATED)
                .put("owned_by", dot < 0 ? "system" : id.substring(0, dot));
    }
}
