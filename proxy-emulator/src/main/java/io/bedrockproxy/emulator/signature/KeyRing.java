package io.bedrockproxy.emulator.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys that this emulator knows: those it was given and those its STS issued. Thread-safe. */
public final class KeyRing {
    /** Expired keys are remembered for this long, to be told from keys that never were. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();

    /** Adds a key. */
    public void add(AccessKey key, Instant now) {
        keys.values().removeIf(old -> old.isExpiredAt(now.minus(MEMORY)));
        keys.put(key.accessKeyId(), key);
    }

    /** The key of this id, expired or not; null when there is none. */
    public @Nullable AccessKey find(String accessKeyId) {
        return keys.get(accessKeyId);
    }

    /** Forgets a key, as if its user had deleted it. */
    public void remove(String accessKeyId) {
        keys.remove(accessKeyId);
    }

    /** One key expires at {@code now}. */
    public void expire(String accessKeyId, Instant now) {
        keys.computeIfPresent(accessKeyId, (id, key) -> key.isExpiredAt(now) ? key : key.expiringAt(now));
    }

    /** Every key with an expiration expires at {@code now}, as if AWS had revoked the sessions. */
    public void expireSessions(Instant now) {
        keys.replaceAll((id, key) -> key.expiration() == null || key.isExpiredAt(now) ? key : key.expiringAt(now));
    }
}
