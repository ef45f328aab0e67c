package io.bedrockproxy.emulator.signature;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that requests may be signed with.
 *
 * @param accessKeyId the public half
 * @param secretAccessKey the secret half
 * @param sessionToken null for long-lived keys
 * @param expiration null for never
 * @param session null for long-lived keys
 */
public record AccessKey(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Instant expiration,
        @Nullable RoleSession session) {
    /** A key without session token and expiration. */
    public static AccessKey longLived(String accessKeyId, String secretAccessKey) {
        return new AccessKey(accessKeyId, secretAccessKey, null, null, null);
    }

    /** Whether it is refused at {@code now}. */
    public boolean isExpiredAt(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }

    /** The same key with another end of life. */
    AccessKey expiringAt(Instant end) {
        return new AccessKey(accessKeyId, secretAccessKey, sessionToken, end, session);
    }

    /** Nothing secret. */
    @Override
    public String toString() {
        return "AccessKey[" + accessKeyId + ", expiration=" + expiration + ", session=" + session + "]";
    }
}
