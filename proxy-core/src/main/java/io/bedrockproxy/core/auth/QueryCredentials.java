package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.http.PercentEncoding;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by its names whether a query holds a secret or a signature, to tell a client that they belong in a header.
 * Nothing is ever accepted there: queries end up in the logs of everything on the way.
 */
final class QueryCredentials {
    private static final String SIGNATURE_PREFIX = "x-amz-";
    private static final Set<String> NAMES = Set.of(
            "api-key", "apikey", "key", "access-token", "token", "secret", "authorization", "bearer", "password");

    private QueryCredentials() {}

    /** Whether it is a presigned one. */
    static boolean isSigned(@Nullable String query) {
        return hasName(query, name -> name.startsWith(SIGNATURE_PREFIX));
    }

    /** Whether a name is one under which secrets are sent, {@code secretHeaders} included. */
    static boolean isSecret(@Nullable String query, Collection<String> secretHeaders) {
        return hasName(query, name -> NAMES.contains(name) || secretHeaders.contains(name));
    }

    private static boolean hasName(@Nullable String query, Predicate<String> wanted) {
        if (query == null) {
            return false;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = PercentEncoding.decode(equals < 0 ? pair : pair.substring(0, equals));
            if (name != null && wanted.test(name.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return true;
            }
        }
        return false;
    }
}
