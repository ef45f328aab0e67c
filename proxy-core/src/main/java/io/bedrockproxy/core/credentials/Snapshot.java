package io.bedrockproxy.core.credentials;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fetched credentials and how long they are used; published through one volatile field.
 *
 * @param credentials what to sign with
 * @param life from the fetch to the expiration; null when they do not expire
 * @param unusableFrom the expiration less the margin; null when they do not expire
 */
record Snapshot(
        SessionCredentials credentials,
        @Nullable Duration life,
        @Nullable Instant unusableFrom) {
    static Snapshot of(SessionCredentials credentials, Instant fetchedAt) {
        Instant expiration = credentials.expiration();
        if (expiration == null) {
            return new Snapshot(credentials, null, null);
        }
        Duration life = Duration.between(fetchedAt, expiration);
        return new Snapshot(credentials, life, expiration.minus(RefreshSchedule.margin(life)));
    }

    /** Whether the source gave credentials that are worth having; an answer may be expired when it arrives. */
    boolean isWorthKeeping() {
        return life == null || life.compareTo(RefreshSchedule.SHORTEST_LIFE) >= 0;
    }

    boolean isUsableAt(Instant now) {
        return unusableFrom == null || now.isBefore(unusableFrom);
    }

    /** Whether these outlive the others; credentials that do not expire never do, since a newer reading may be a rotated key. */
    boolean outlives(@Nullable Snapshot other) {
        return other == null
                || (unusableFrom != null && other.unusableFrom != null && unusableFrom.isAfter(other.unusableFrom));
    }
}
