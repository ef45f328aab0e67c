package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.sigv4.PayloadHash;

/**
 * A signature that covers a body which is not there yet: key, date and form have passed, the rest is judged when the hash
 * of the body is known. Immutable.
 */
public final class InboundSignature {
    private final SignedHead head;
    private final IssuedKeys.Entry entry;

    InboundSignature(SignedHead head, IssuedKeys.Entry entry) {
        this.head = head;
        this.entry = entry;
    }

    /** Who it is, or nobody. On the thread that has authenticated the head. */
    public AuthDecision prove(PayloadHash body) {
        return entry.grant(head, body);
    }

    /** Shows nothing of the signature. */
    @Override
    public String toString() {
        return "InboundSignature[accessKeyId=" + head.accessKeyId() + ", ***]";
    }
}
