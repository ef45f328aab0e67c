package io.bedrockproxy.server.exchange;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts exchanges that are under way, for drain. Safe from any thread. */
public final class OpenExchanges {
    private final AtomicInteger open = new AtomicInteger();

    void begin() {
        open.incrementAndGet();
    }

    void end() {
        open.decrementAndGet();
    }

    /** How many are under way. */
    public int count() {
        return open.get();
    }
}
