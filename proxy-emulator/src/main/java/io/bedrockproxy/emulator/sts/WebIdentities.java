package io.bedrockproxy.emulator.sts;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The web identity tokens that are known. Thread-safe. */
public final class WebIdentities {
    private final Map<String, WebIdentity> tokens = new ConcurrentHashMap<>();

    /** From now on this token is taken. */
    public void add(WebIdentity identity) {
        tokens.put(identity.token(), identity);
    }

    @Nullable
    WebIdentity find(String token) {
        return tokens.get(token);
    }

    /** What is wrong with a token at {@code now}, or null. */
    @Nullable
    StsFault check(String token, Instant now) {
        WebIdentity identity = tokens.get(token);
        if (identity != null) {
            return now.isBefore(identity.expiration())
                    ? null
                    : new StsFault(
                            400,
                            "ExpiredTokenException",
                            "Token expired: current date/time " + now.getEpochSecond()
                                    + " must be before the expiration date/time "
                                    + identity.expiration().getEpochSecond());
        }
        boolean jwt = token.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]*");
        return new StsFault(
                400,
                "InvalidIdentityToken",
                jwt
                        ? "Couldn't retrieve verification key from your identity provider,  please reference"
                                + " AssumeRoleWithWebIdentity documentation for requirements"
                        : "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
                                + " Token)");
    }
}
