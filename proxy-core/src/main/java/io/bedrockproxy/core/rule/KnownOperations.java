package io.bedrockproxy.core.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations that rules may name, by group. It also holds names of surfaces that the table of routes has no row for
 * yet: a configuration that is written for all of them is no mistake.
 */
public final class KnownOperations {
    private static final Map<String, List<String>> BY_GROUP = new TreeMap<>(Map.of(
            "inference",
            List.of(
                    "InvokeModel",
                    "InvokeModelWithResponseStream",
                    "Converse",
                    "ConverseStream",
                    "CountTokens",
                    "ApplyGuardrail",
                    "InvokeGuardrailChecks",
                    "OpenAI.ChatCompletions",
                    "OpenAI.Responses",
                    "OpenAI.Models",
                    "Anthropic.Messages",
                    "Anthropic.CountTokens"),
            "async",
            List.of("StartAsyncInvoke", "GetAsyncInvoke", "ListAsyncInvokes"),
            "discovery",
            List.of(
                    "ListFoundationModels",
                    "GetFoundationModel",
                    "GetFoundationModelAvailability",
                    "ListInferenceProfiles",
                    "GetInferenceProfile",
                    "ListProvisionedModelThroughputs",
                    "ListCustomModels",
                    "ListImportedModels",
                    "ListPromptRouters",
                    "ListCustomModelDeployments",
                    "ListMarketplaceModelEndpoints"),
            "mantle",
            List.of(
                    "Mantle.ChatCompletions",
                    "Mantle.Responses",
                    "Mantle.Models",
                    "Mantle.Messages",
                    "Mantle.CountTokens")));

    private KnownOperations() {}

    /** The words that stand for several operations. */
    public static List<String> groups() {
        return List.copyOf(BY_GROUP.keySet());
    }

    /** Every name, group by group. */
    public static List<String> names() {
        return BY_GROUP.values().stream().flatMap(List::stream).toList();
    }

    /** The operations of one group; none for an unknown one. */
    public static List<String> ofGroup(String group) {
        return BY_GROUP.getOrDefault(group, List.of());
    }

    /** Whether a rule is a group, a name, or a glob that fits at least one name. */
    public static boolean isRule(String rule) {
        return BY_GROUP.containsKey(rule) || names().stream().anyMatch(new Glob(rule)::matches);
    }
}
