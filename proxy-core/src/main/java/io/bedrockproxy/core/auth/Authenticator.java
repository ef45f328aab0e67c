package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.HeaderView;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients by their bearer secret. A secret's digest is looked up under an HMAC with a key that only this process
 * knows, so that nobody can aim at a bucket of the table; then the whole digest is compared in constant time, with the
 * same work on a miss. Immutable and safe from any thread.
 */
public final class Authenticator {
    private static final int KEY_LENGTH = 32;
    private static final AuthDecision DENIED = new AuthDecision.Denied(Failure.of(
            FailureKind.UNAUTHENTICATED,
            "The request needs exactly one valid secret, such as 'Authorization: Bearer <secret>'."));

    private final List<String> headerNames;

    /** Several event loops ask one authenticator. */
    private final ThreadLocal<SecretHasher> hashers;

    private final Map<ByteBuffer, Entry> entries = new HashMap<>();

    /** Compared with on a miss: no client has it. */
    private final Entry nobody;

    /** A known digest and whose it is. */
    private static final class Entry {
        final SecretDigest digest;
        final @Nullable Client client;

        Entry(SecretDigest digest, @Nullable Client client) {
            this.digest = digest;
            this.client = client;
        }
    }

    /**
     * Knows these clients.
     *
     * @param random makes the lookup key
     * @throws IllegalArgumentException when two clients share a secret
     */
    public Authenticator(AuthConfig config, List<Client> clients, SecureRandom random) {
        headerNames = config.headerNames();
        byte[] key = randomBytes(random);
        hashers = ThreadLocal.withInitial(() -> new SecretHasher(key));
        SecretHasher hasher = hashers.get();
        nobody = new Entry(SecretDigest.ofSha256(randomBytes(random)), null);
        for (Client client : clients) {
            for (SecretDigest secret : client.secrets()) {
                Entry other = entries.put(hasher.lookup(secret.bytes()), new Entry(secret, client));
                if (other != null && !client.equals(other.client)) {
                    throw new IllegalArgumentException("client " + client.name() + " shares a secret with another");
                }
            }
        }
    }

    /** Reads every place where a secret may stand. Every reason to deny has the same answer. */
    public AuthDecision authenticate(HeaderView headers, Instant now) {
        PresentedSecret secret = onlySecret(headers);
        if (secret == null) {
            return DENIED;
        }
        SecretHasher hasher = hashers.get();
        byte[] digest = hasher.digest(secret.text());
        Entry entry = entries.getOrDefault(hasher.lookup(digest), nobody);
        boolean equal = MessageDigest.isEqual(digest, entry.digest.bytes());
        Client client = entry.client;
        return equal && client != null && client.isValidAt(now) ? new AuthDecision.Granted(client, secret) : DENIED;
    }

    private @Nullable PresentedSecret onlySecret(HeaderView headers) {
        PresentedSecret found = null;
        for (String name : headerNames) {
            List<String> values = headers.all(name);
            if (values.isEmpty()) {
                continue;
            }
            PresentedSecret here = values.size() > 1 ? null : read(name, values.get(0));
            if (here == null || (found != null && !sameText(found, here))) {
                return null;
            }
            found = here;
        }
        return found;
    }

    private static @Nullable PresentedSecret read(String name, String value) {
        return name.equals(AuthConfig.AUTHORIZATION)
                ? PresentedSecret.fromAuthorization(value)
                : PresentedSecret.plain(value);
    }

    private static boolean sameText(PresentedSecret a, PresentedSecret b) {
        return a.text().equals(b.text());
    }

    private static byte[] randomBytes(SecureRandom random) {
        byte[] bytes = new byte[KEY_LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
