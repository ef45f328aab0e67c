package io.bedrockproxy.server.reload;

import java.time.Instant;
import java.util.Objects;

/**
 * How the configuration that runs stands to the files.
 *
 * @param hasFailed whether the files hold something else that cannot be used
 * @param since when it was brought in, or when that was first seen to fail
 * @param message what is wrong, when it has failed; never a secret
 */
public record ReloadState(boolean hasFailed, Instant since, String message) {
    /** Refuses nulls. */
    public ReloadState {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(message, "message");
    }

    /** All is well. */
    public static ReloadState current(Instant since) {
        return new ReloadState(false, since, "");
    }

    /** Another configuration is there and cannot be used. */
    static ReloadState failed(Instant since, String message) {
        return new ReloadState(true, since, message);
    }
}
