package io.bedrockproxy.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Clients with rules about models of each kind, and model ids that these let through. */
final class SessionPolicyCases {
    static final String OWN = "arn:aws:bedrock:us-east-1:000000000000:";
    static final String CLAUDE = "anthropic.claude-3-haiku-20240307-v1:0";
    static final String NOVA = "amazon.nova-pro-v1:0";

    /** Rules by client; the ids that they let through. */
    static final Map<String, List<String>> ALLOWED = Map.of(
            "models",
            List.of(
                    CLAUDE,
                    "us." + CLAUDE,
                    "eu." + CLAUDE,
                    "apac." + CLAUDE,
                    "global." + CLAUDE,
                    "au." + CLAUDE,
                    "arn:aws:bedrock:us-east-1::foundation-model/" + CLAUDE,
                    OWN + "inference-profile/us." + CLAUDE,
                    NOVA + ":300k",
                    "us.amazon.nova-lite-v1:0"),
            "geography",
            List.of("us." + CLAUDE, OWN + "inference-profile/us." + CLAUDE, "us.meta.llama3-1-8b-instruct-v1:0"),
            "arns",
            List.of(
                    OWN + "application-inference-profile/abcdefghij12",
                    OWN + "provisioned-model/abcdefghij12",
                    OWN + "custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghij12",
                    OWN + "custom-model-deployment/abcdefghij12",
                    OWN + "imported-model/abcdefghij12"),
            "routers",
            List.of(OWN + "prompt-router/abcdefghij12", OWN + "default-prompt-router/anthropic.claude:1"),
            "prompts",
            List.of(OWN + "prompt/ABCDEFGHIJ:1"),
            "marketplace",
            List.of("arn:aws:sagemaker:us-east-1:000000000000:endpoint/my-endpoint-1"),
            "all",
            List.of(CLAUDE, "global." + NOVA, OWN + "prompt/ABCDEFGHIJ:1", OWN + "imported-model/abcdefghij12"));

    static final Map<String, String> RULES = Map.of(
            "models", "[\"anthropic.claude-3-*\", \"amazon.nova-*\"]",
            "geography", "[\"us.*\"]",
            "arns", ALLOWED.get("arns").stream().map(id -> '"' + id + '"').collect(Collectors.joining(", ", "[", "]")),
            "routers",
                    "[\"arn:aws:bedrock:*:*:prompt-router/*\", \"arn:aws:bedrock:*:*:default-prompt-router/anthropic.*\"]",
            "prompts", "[\"arn:aws:bedrock:*:*:prompt/ABCDEFGHIJ:*\"]",
            "marketplace", "[\"arn:aws:sagemaker:us-east-1:000000000000:endpoint/my-*\"]",
            "all", "[\"*\"]");

    private SessionPolicyCases() {}
}
