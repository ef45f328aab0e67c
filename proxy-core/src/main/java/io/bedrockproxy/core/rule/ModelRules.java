package io.bedrockproxy.core.rule;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which models a client may use: globs over the whole decoded id, case-sensitive. A rule without {@code arn:} also
 * matches an id behind a geography prefix ({@code us.}, {@code global.}) and the last segment of the ARN of a foundation
 * model or of a system's inference profile: these name the same model. Everything else has an ARN that says nothing of
 * its model and needs a rule of its own. Immutable and safe from any thread.
 */
public final class ModelRules {
    /**
     * Two letters of a country or union, perhaps with a partition behind ({@code us-gov.}), or one of the wide ones: a
     * regular expression. No provider has a name of two letters.
     */
    public static final String GEOGRAPHY_PREFIX = "(?:[a-z]{2}(?:-[a-z]{2,4})?|apac|global)\\.";

    /** What follows has to begin with a provider, so {@code zai.glm-4.7} has none. */
    private static final Pattern GEOGRAPHY = Pattern.compile(GEOGRAPHY_PREFIX + "(.+\\..+)");

    /** The whole ARN, as a part of another kind's name may look like one of these. */
    private static final Pattern TRANSPARENT_ARN = Pattern.compile(
            "arn:aws[a-z-]*:bedrock:[a-z0-9-]*:(?:[0-9]{12})?:(?:foundation-model|inference-profile)/([^/]+)");

    private final List<Glob> globs;
    private final boolean isEverything;

    /** @param rules globs; at least one */
    public ModelRules(List<String> rules) {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("models: none (expected: at least one pattern, such as \"*\")");
        }
        globs = rules.stream().map(Glob::new).toList();
        isEverything = rules.contains("*");
    }

    /** Whether every model is allowed, so that an id need not even be known. */
    public boolean isEverything() {
        return isEverything;
    }

    /** Whether one of the rules allows this id. */
    public boolean allows(String modelId) {
        if (isEverything) {
            return true;
        }
        String name = lastGroup(TRANSPARENT_ARN, modelId);
        String model = lastGroup(GEOGRAPHY, name);
        for (Glob glob : globs) {
            if (glob.matches(modelId) || (!isForArns(glob) && (glob.matches(name) || glob.matches(model)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForArns(Glob glob) {
        return glob.pattern().startsWith("arn:");
    }

    /** What a pattern is looking for, or the whole text when it does not fit. */
    private static String lastGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }
}
