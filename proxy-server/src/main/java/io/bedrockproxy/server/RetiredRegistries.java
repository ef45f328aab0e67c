package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/** Credentials of a configuration before this one, kept until nobody can wait for them any more. On one thread at a time. */
final class RetiredRegistries {
    /** An exchange waits for credentials for 16 s at most. */
    private static final Duration KEPT = Duration.ofSeconds(20);

    private final LongSupplier nanos;
    private final ArrayDeque<Retired> retired = new ArrayDeque<>();

    /** One of them, and since when. */
    private record Retired(CredentialsRegistry registry, long sinceNanos) {}

    RetiredRegistries(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(CredentialsRegistry registry) {
        retired.add(new Retired(registry, nanos.getAsLong()));
    }

    /** Closes those whose time has come. */
    void closeOld() {
        long now = nanos.getAsLong();
        while (!retired.isEmpty() && now - retired.element().sinceNanos() >= KEPT.toNanos()) {
            retired.remove().registry().close();
        }
    }

    /** Closes all, at the end. */
    void closeAll() {
        retired.forEach(old -> old.registry().close());
        retired.clear();
    }
}
