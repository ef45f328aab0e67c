package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.sigv4.PayloadHash;
import org.jspecify.annotations.Nullable;

/** Who is calling. */
public sealed interface AuthDecision {
    /**
     * A client with a valid secret.
     *
     * @param client which one
     * @param secret what it presented, so that it can be kept out of everything that is forwarded
     * @param signedBody the hash that the body has to have, as the client has signed it; null when there is none to compare
     */
    record Granted(
            Client client, PresentedSecret secret, @Nullable PayloadHash signedBody) implements AuthDecision {}

    /**
     * A client whose signature covers the body too: nobody knows yet whether it is good.
     *
     * @param signature says so when the body is there
     */
    record Unproven(InboundSignature signature) implements AuthDecision {}

    /**
     * Nobody.
     *
     * @param failure tells what can be seen without knowing a secret, and for all else the same
     */
    record Denied(Failure failure) implements AuthDecision {}

    /** For a body that is not the one that was signed. */
    static Denied otherBody() {
        return SignatureDenial.MISMATCH.decision();
    }
}
