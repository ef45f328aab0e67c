package io.bedrockproxy.core.route;

import java.util.ArrayList;
import java.util.List;

/** The APIs of OpenAI and Anthropic, on bedrock-runtime and, behind {@code /mantle}, on bedrock-mantle. */
final class CompatibleRows {
    private static final String MANTLE = "mantle";
    private static final String MODEL_KEY = "model";

    private CompatibleRows() {}

    static List<SurfaceRow> all() {
        List<SurfaceRow> all = new ArrayList<>();
        all.addAll(openAi(Surface.OPENAI, "/openai/v1", "OpenAI", SurfaceTable.INFERENCE));
        all.addAll(anthropic(Surface.ANTHROPIC, "/anthropic/v1", "Anthropic", SurfaceTable.INFERENCE));
        // Some of mantle's models answer under one of the two only.
        all.addAll(openAi(Surface.MANTLE_OPENAI, "/mantle/v1", "Mantle", MANTLE));
        all.addAll(openAi(Surface.MANTLE_OPENAI, "/mantle/openai/v1", "Mantle", MANTLE));
        all.addAll(anthropic(Surface.MANTLE_ANTHROPIC, "/mantle/anthropic/v1", "Mantle", MANTLE));
        return all;
    }

    private static List<SurfaceRow> openAi(Surface surface, String base, String prefix, String group) {
        Operation chat = new Operation(prefix + ".ChatCompletions", group);
        Operation responses = new Operation(prefix + ".Responses", group);
        Operation models = new Operation(prefix + ".Models", group);
        String response = base + "/responses/{response}";
        return List.of(
                SurfaceRow.of(surface, "POST", base + "/chat/completions", chat, false)
                        .withModelIn(MODEL_KEY),
                SurfaceRow.of(surface, "POST", base + "/responses", responses, false)
                        .withModelIn(MODEL_KEY),
                SurfaceRow.of(
                        surface,
                        "GET",
                        response,
                        responses,
                        false,
                        "include",
                        "include[]",
                        "include_obfuscation",
                        "starting_after",
                        "stream"),
                SurfaceRow.of(surface, "DELETE", response, responses, false),
                SurfaceRow.of(surface, "POST", response + "/cancel", responses, false),
                SurfaceRow.of(
                        surface,
                        "GET",
                        response + "/input_items",
                        responses,
                        false,
                        "after",
                        "before",
                        "include",
                        "include[]",
                        "limit",
                        "order"),
                SurfaceRow.of(surface, "GET", base + "/models", models, false),
                SurfaceRow.of(surface, "GET", base + "/models/{model}", models, false));
    }

    /** Anthropic's SDK and Claude Code say {@code ?beta=true} beside the beta header, which is what AWS goes by. */
    private static List<SurfaceRow> anthropic(Surface surface, String base, String prefix, String group) {
        String messages = base + "/messages";
        return List.of(
                SurfaceRow.of(surface, "POST", messages, new Operation(prefix + ".Messages", group), false)
                        .withModelIn(MODEL_KEY)
                        .dropping("beta"),
                SurfaceRow.of(
                                surface,
                                "POST",
                                messages + "/count_tokens",
                                new Operation(prefix + ".CountTokens", group),
                                false)
                        .withModelIn(MODEL_KEY)
                        .dropping("beta"));
    }
}
