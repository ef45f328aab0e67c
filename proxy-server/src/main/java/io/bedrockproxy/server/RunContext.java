package io.bedrockproxy.server;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The world outside: every source of time the proxy uses.
 *
 * @param clock wall-clock time, for signatures and expirations
 * @param nanos monotonic time, for durations
 */
public record RunContext(InstantSource clock, LongSupplier nanos) {
    /** Refuses nulls. */
    public RunContext {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(nanos, "nanos");
    }
}
