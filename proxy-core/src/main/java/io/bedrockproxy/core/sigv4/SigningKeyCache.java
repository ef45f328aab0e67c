package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.credentials.SessionCredentials;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers signing keys, so that a request costs one HMAC and not five. Safe for all event loops at once, without a
 * lock on a hit.
 *
 * <p>A key belongs to one {@link SessionCredentials} object, so refreshed credentials never meet an old key. Each miss
 * first drops the keys that can no longer be right: of another day or of expired credentials.
 */
public final class SigningKeyCache {
    /** Far above the number of roles times regions of a proxy; a key weighs about 200 bytes. */
    private static final int CAPACITY = 1024;

    private final ConcurrentHashMap<Entry, SigningKey> keys = new ConcurrentHashMap<>();
    private final int capacity;

    /** Makes an empty cache. */
    public SigningKeyCache() {
        this(CAPACITY);
    }

    SigningKeyCache(int capacity) {
        this.capacity = capacity;
    }

    SigningKey get(SessionCredentials credentials, CredentialScope scope, Instant now) {
        Entry entry = new Entry(credentials, scope);
        SigningKey known = keys.get(entry);
        if (known != null) {
            return known;
        }
        makeRoom(scope.date(), now);
        SigningKey derived = SigningKey.derive(credentials, scope);
        keys.put(entry, derived);
        return derived;
    }

    int size() {
        return keys.size();
    }

    private void makeRoom(String today, Instant now) {
        keys.keySet().removeIf(entry -> entry.isUselessAt(today, now));
        if (keys.size() >= capacity) {
            // Only live keys are left, so any choice is as good; deriving one again costs 2 us.
            keys.clear();
        }
    }

    /**
     * What a key was derived for.
     *
     * @param credentials compared by identity
     * @param scope day, region and service
     */
    private record Entry(SessionCredentials credentials, CredentialScope scope) {
        boolean isUselessAt(String today, Instant now) {
            return !scope.date().equals(today) || credentials.isExpiredAt(now);
        }
    }
}
