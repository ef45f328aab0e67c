package io.bedrockproxy.core.credentials;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request is signed with: an access key, and for temporary credentials a session token and an expiration.
 * Immutable, compared by identity, and unable to print its secret parts.
 */
public final class SessionCredentials {
    private final String accessKeyId;
    private final String secretAccessKey;
    private final @Nullable String sessionToken;
    private final @Nullable Instant expiration;

    /**
     * @param accessKeyId the public half of the key
     * @param secretAccessKey the secret half
     * @param sessionToken null for long-lived keys; an empty one counts as null
     * @param expiration the instant from which AWS refuses them; null when they do not expire
     */
    public SessionCredentials(
            String accessKeyId, String secretAccessKey, @Nullable String sessionToken, @Nullable Instant expiration) {
        this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
        this.secretAccessKey = Objects.requireNonNull(secretAccessKey, "secretAccessKey");
        this.sessionToken = sessionToken == null || sessionToken.isEmpty() ? null : sessionToken;
        this.expiration = expiration;
    }

    /** The access key id; safe to log. */
    public String accessKeyId() {
        return accessKeyId;
    }

    /** The secret access key; goes into the signing key and nowhere else. */
    public String secretAccessKey() {
        return secretAccessKey;
    }

    /** The session token, or null for long-lived keys. */
    public @Nullable String sessionToken() {
        return sessionToken;
    }

    /** When AWS stops accepting them, or null for never. */
    public @Nullable Instant expiration() {
        return expiration;
    }

    /** Whether AWS would refuse them at {@code now}. */
    public boolean isExpiredAt(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }

    /** The access key id and the expiration: nothing secret. */
    @Override
    public String toString() {
        return "SessionCredentials[" + accessKeyId + ", expiration=" + (expiration == null ? "never" : expiration)
                + ']';
    }
}
