package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.SafeText;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.sigv4.SignatureRefusal;
import java.nio.charset.StandardCharsets;

/**
 * What Bedrock says is wrong.
 *
 * @param name the exception's name; {@code http-<status>} when there is none
 * @param message its words, without what repeats our request
 */
record AwsError(String name, String message) {
    private static final String UNKNOWN_OPERATION = "UnknownOperationException";

    /** Whether this is an answer of a model: a raw slash in a path makes AWS say 200 and mean 404. */
    static boolean isGood(CallResult.Answered answer) {
        return answer.status() == 200 && !answer.body().contains("#" + UNKNOWN_OPERATION);
    }

    static AwsError of(CallResult.Answered answer, SessionCredentials credentials) {
        if (answer.status() == 200) {
            return new AwsError(UNKNOWN_OPERATION, "AWS knows no such path");
        }
        String type = answer.errorType();
        int colon = type.indexOf(':');
        String name = colon < 0 ? type : type.substring(0, colon);
        name = name.substring(name.lastIndexOf('#') + 1).strip();
        String message = SignatureRefusal.of(type, answer.body().getBytes(StandardCharsets.UTF_8))
                .message();
        return new AwsError(
                name.isEmpty() ? "http-" + answer.status() : SafeText.of(name), SafeText.of(message, credentials));
    }
}
