package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** StartAsyncInvoke, GetAsyncInvoke, ListAsyncInvokes: every invocation is complete when it is asked about. */
final class AsyncInvokes {
    private static final int REMEMBERED = 1000;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, ObjectNode> invocations = new LinkedHashMap<>();

    AsyncInvokes(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    Result start(Call call) {
        ModelId model = ModelId.of(call.body().path("modelId").asText());
        if (!model.isKnown()) {
            return Errors.validation("The provided model identifier is invalid.");
        }
        if (Steering.of(model.bare()) instanceof Steering.Failing error) {
            return Errors.of(error.exception(), "The emulator was asked for this");
        }
        if (!call.body().path("outputDataConfig").isObject()) {
            return Errors.validation("1 validation error detected: Value null at 'outputDataConfig' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        String prefix = "arn:aws:bedrock:" + call.region();
        String arn = prefix + ":000000000000:async-invoke/" + Long.toString(random.nextLong() >>> 4, 36);
        String time = clock.instant().toString();
        ObjectNode invocation = Json.object()
                .put("invocationArn", arn)
                .put("modelArn", prefix + "::foundation-model/" + model.bare())
                .put("status", "Completed")
                .put("submitTime", time)
                .put("lastModifiedTime", time)
                .put("endTime", time);
        if (call.body().has("clientRequestToken")) {
            invocation.set("clientRequestToken", call.body().path("clientRequestToken"));
        }
        invocation.set("outputDataConfig", call.body().path("outputDataConfig"));
        remember(arn, invocation);
        return Result.json(Json.object().put("invocationArn", arn));
    }

    private synchronized void remember(String arn, ObjectNode invocation) {
        if (invocations.size() == REMEMBERED) {
            invocations.remove(invocations.keySet().iterator().next());
        }
        invocations.put(arn, invocation);
    }

    synchronized Result get(Call call) {
        ObjectNode invocation = invocations.get(call.variable("invocationArn"));
        return invocation == null
                ? Errors.of("ResourceNotFoundException", "The async invocation does not exist")
                : Result.json(invocation);
    }

    synchronized Result list(Call call) {
        ObjectNode answer = Json.object();
        ArrayNode summaries = answer.putArray("asyncInvokeSummaries");
        List<String> query = List.of(call.head().query().split("&", -1));
        if (!query.contains("statusEquals=InProgress") && !query.contains("statusEquals=Failed")) {
            invocations.values().forEach(summaries::add);
        }
        return Result.json(answer);
    }
}
