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
 * @param owner whose it is
 */
public record AccessKey(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Instant expiration,
        Identity owner) {
    /** A user's key without session token and expiration. */
    public static AccessKey longLived(String accessKeyId, String secretAccessKey, String userArn) {
        return new AccessKey(accessKeyId, secretAccessKey, null, null, Identity.user(userArn));
    }

    /** The role session whose key it is; null for a user's. */
    public @Nullable RoleSession session() {
        return owner.session();
    }

    /** Whether it is refused at {@code now}. */
    public boolean isExpiredAt(Instant now) {
        return expiration != null && !now.isBefore(expiration);
    }

    /** The same key with another end of life. */
    AccessKey expiringAt(Instant end) {
        return new AccessKey(accessKeyId, secretAccessKey, sessionToken, end, owner);
    }

    /** Nothing secret. */
    @Override
    public String toString() {
        return "AccessKey[" + accessKeyId + ", expiration=" + expiration + ", owner=" + owner.arn() + "]";
    }
}
