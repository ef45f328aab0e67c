package io.bedrockproxy.emulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** ApplyGuardrail and InvokeGuardrailChecks, of a guardrail that minds one word. */
final class Guardrails {
    /** Text with this word is blocked and scores high. */
    static final String MINDED = "forbidden";

    private static final Pattern VERSION = Pattern.compile("DRAFT|[1-9][0-9]{0,7}");
    private static final int UNIT_CHARS = 1000;

    private Guardrails() {}

    static Result apply(Call call) {
        if (!VERSION.matcher(call.variable("guardrailVersion")).matches()) {
            return Errors.validation("1 validation error detected: Value '" + call.variable("guardrailVersion")
                    + "' at 'guardrailVersion' failed to satisfy constraint: Member must satisfy regular expression"
                    + " pattern: (|([1-9][0-9]{0,7})|(DRAFT))");
        }
        StringBuilder text = new StringBuilder();
        call.body()
                .path("content")
                .forEach(block -> text.append(block.path("text").path("text").asText()));
        boolean blocked = minds(text.toString());
        ObjectNode answer = Json.object();
        ObjectNode usage = answer.putObject("usage");
        usage.put("topicPolicyUnits", 0).put("contentPolicyUnits", 0).put("wordPolicyUnits", units(text.length()));
        usage.put("sensitiveInformationPolicyUnits", 0).put("sensitiveInformationPolicyFreeUnits", 0);
        usage.put("contextualGroundingPolicyUnits", 0);
        answer.put("action", blocked ? "GUARDRAIL_INTERVENED" : "NONE");
        ArrayNode outputs = answer.putArray("outputs");
        ObjectNode assessment = answer.putArray("assessments").addObject();
        if (blocked) {
            outputs.addObject().put("text", "The emulator's guardrail blocked this text.");
            assessment
                    .putObject("wordPolicy")
                    .putArray("customWords")
                    .addObject()
                    .put("match", MINDED)
                    .put("action", "BLOCKED");
            ((ObjectNode) assessment.path("wordPolicy")).putArray("managedWordLists");
        }
        answer.putObject("guardrailCoverage")
                .putObject("textCharacters")
                .put("guarded", text.length())
                .put("total", text.length());
        return Result.json(answer);
    }

    static Result checks(Call call) {
        JsonNode messages = call.body().path("messages");
        JsonNode checks = call.body().path("checks");
        if (!messages.isArray() || messages.isEmpty() || !checks.isObject()) {
            return Errors.validation("1 validation error detected: Value null at 'messages' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        StringBuilder text = new StringBuilder();
        messages.forEach(message -> message.path("content")
                .forEach(block -> text.append(block.path("text").asText())));
        ObjectNode answer = Json.object();
        ObjectNode results = answer.putObject("results");
        ObjectNode usage = answer.putObject("usage");
        checks.fieldNames().forEachRemaining(check -> {
            ArrayNode entries = results.putObject(check).putArray("results");
            for (JsonNode category : checks.path(check).path("categories")) {
                entries.addObject()
                        .put("category", category.path("category").asText())
                        .put("severityScore", minds(text.toString()) ? 0.9 : 0.0);
            }
            usage.putObject(check).put("textUnits", units(text.length()));
        });
        return Result.json(answer);
    }

    private static boolean minds(String text) {
        return text.toLowerCase(Locale.ROOT).contains(MINDED);
    }

    private static int units(int chars) {
        return (chars + UNIT_CHARS - 1) / UNIT_CHARS;
    }
}
