package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.CredentialsProbe;
import io.bedrockproxy.server.config.TimeoutsConfig;
import java.time.Duration;

/**
 * How long things may take.
 *
 * @param stsCall one call to STS
 * @param credentials all calls that one source or one role needs
 * @param connect to an endpoint
 * @param answer of an endpoint that is asked for nothing in particular
 * @param invoke one tiny request to a model
 */
public record CheckTimeouts(
        Duration stsCall, Duration credentials, Duration connect, Duration answer, Duration invoke) {
    /** Three regions of STS in turn, as when the proxy serves. */
    private static final Duration CREDENTIALS = Duration.ofSeconds(16);

    /** An endpoint refuses a request without a signature in a tenth of a second. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** A model that has to be loaded first, or thinks before its first token. */
    private static final Duration INVOKE = Duration.ofSeconds(60);

    /** Those of the proxy where it has such. */
    public static CheckTimeouts of(TimeoutsConfig timeouts) {
        return new CheckTimeouts(CredentialsProbe.CALL_TIMEOUT, CREDENTIALS, timeouts.connect(), ANSWER, INVOKE);
    }
}
