package io.bedrockproxy.emulator.bedrock;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decoded model id.
 *
 * @param text as the client meant it
 * @param bare the id that names the family: without ARN and geography prefix; of an opaque ARN the whole text
 */
record ModelId(String text, String bare) {
    private static final Set<String> GEOGRAPHIES =
            Set.of("us", "eu", "apac", "global", "us-gov", "au", "jp", "ca", "sa", "me", "af", "il", "mx", "in");
    private static final Set<String> PROVIDERS = Set.of(
            "ai21",
            "amazon",
            "anthropic",
            "cohere",
            "deepseek",
            "emulator",
            "google",
            "luma",
            "meta",
            "minimax",
            "mistral",
            "moonshot",
            "moonshotai",
            "nvidia",
            "openai",
            "qwen",
            "stability",
            "twelvelabs",
            "writer",
            "zai");

    static ModelId of(String text) {
        String resource = text;
        if (text.startsWith("arn:")) {
            String[] parts = text.split(":", 6);
            resource = parts.length < 6 ? text : resource(parts[5]);
        }
        String geography = geography(resource);
        return new ModelId(text, geography == null ? resource : resource.substring(geography.length() + 1));
    }

    /** The prefix of an inference profile's id; null for a model's id. */
    static @Nullable String geography(String id) {
        int dot = id.indexOf('.');
        return dot > 0 && GEOGRAPHIES.contains(id.substring(0, dot)) ? id.substring(0, dot) : null;
    }

    /** {@code custom-model/{base}/{id}} names its base in the middle, the others themselves at the end. */
    private static String resource(String path) {
        String[] segments = path.split("/", -1);
        return segments.length == 3 && segments[0].equals("custom-model") ? segments[1] : segments[segments.length - 1];
    }

    /** Whether it is an ARN, or starts with a provider that Bedrock has. */
    boolean isKnown() {
        int dot = bare.indexOf('.');
        return text.startsWith("arn:") || (dot > 0 && PROVIDERS.contains(bare.substring(0, dot)));
    }
}
