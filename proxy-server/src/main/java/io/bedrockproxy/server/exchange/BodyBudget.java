package io.bedrockproxy.server.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of request bodies may be held for signing at once, over all exchanges. The only state that event loops
 * share on the data path: one atomic addition per body piece.
 */
public final class BodyBudget {
    private final long maxBytes;
    private final AtomicLong reserved;

    /** @param maxBytes {@code limits.buffered-bodies} */
    public BodyBudget(long maxBytes) {
        this(maxBytes, new AtomicLong());
    }

    private BodyBudget(long maxBytes, AtomicLong reserved) {
        this.maxBytes = maxBytes;
        this.reserved = reserved;
    }

    /** Another limit over the same bytes: what exchanges hold under this one counts there too. */
    public BodyBudget withMaxBytes(long otherMaxBytes) {
        return new BodyBudget(otherMaxBytes, reserved);
    }

    /** Reserves, or changes nothing and says false. */
    boolean tryReserve(long bytes) {
        if (reserved.addAndGet(bytes) > maxBytes) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** Bytes held now. */
    public long reservedBytes() {
        return reserved.get();
    }
}
