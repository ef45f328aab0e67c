package io.bedrockproxy.emulator.recording;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to the STS side.
 *
 * @param action the Action parameter; empty when there was none
 * @param parameters all form parameters, decoded
 * @param accessKeyId the key it was signed with; null when it was not verified
 * @param errorCode the error it was answered with; null for a success
 * @param startNanos when it arrived
 */
public record StsCall(
        String action,
        Map<String, String> parameters,
        @Nullable String accessKeyId,
        @Nullable String errorCode,
        long startNanos) {
    /** Copies the parameters. */
    public StsCall {
        parameters = Map.copyOf(parameters);
    }
}
