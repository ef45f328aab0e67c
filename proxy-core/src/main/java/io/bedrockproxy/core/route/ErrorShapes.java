package io.bedrockproxy.core.route;

import io.bedrockproxy.core.failure.ErrorShape;

/**
 * Guesses from the look of a target whose client sent it, for failures that come before the target is judged. It says
 * nothing about which paths there are: a path of nobody that looks like OpenAI's gets an error that looks like OpenAI's.
 */
public final class ErrorShapes {
    private ErrorShapes() {}

    /**
     * The shape that the sender of this target most probably understands.
     *
     * @param rawTarget as received, whatever it is
     */
    public static ErrorShape of(String rawTarget) {
        int question = rawTarget.indexOf('?');
        String path = question < 0 ? rawTarget : rawTarget.substring(0, question);
        if (path.contains("/model/")) {
            return ErrorShape.AWS;
        }
        if (path.contains("/anthropic/") || path.contains("/v1/messages")) {
            return ErrorShape.ANTHROPIC;
        }
        return path.contains("/openai/") || path.contains("/v1/") ? ErrorShape.OPENAI : ErrorShape.AWS;
    }
}
