package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.failure.Failure;

/** Who is calling. */
public sealed interface AuthDecision {
    /**
     * A client with a valid secret.
     *
     * @param client which one
     * @param secret what it presented, so that it can be kept out of everything that is forwarded
     */
    record Granted(Client client, PresentedSecret secret) implements AuthDecision {}

    /**
     * Nobody.
     *
     * @param failure the same for every reason
     */
    record Denied(Failure failure) implements AuthDecision {}
}
