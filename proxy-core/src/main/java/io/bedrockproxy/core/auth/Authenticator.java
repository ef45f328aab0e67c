package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.http.RequestTarget;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients by their bearer secret, or by the signature of a key that was issued to them. A secret's digest is looked up under an HMAC with a key that only this process
 * knows, so that nobody can aim at a bucket of the table; then the whole digest is compared in constant time, with the
 * same work on a miss. Immutable and safe from any thread.
 */
public final class Authenticator {
    private static final int KEY_LENGTH = 32;
    private static final AuthDecision DENIED = new AuthDecision.Denied(Failure.of(
            FailureKind.UNAUTHENTICATED,
            "The request needs exactly one valid secret, such as 'Authorization: Bearer <secret>'."));

    private static final AuthDecision IN_QUERY = new AuthDecision.Denied(Failure.of(
            FailureKind.UNAUTHENTICATED,
            "A secret in the query is not taken, as it would end up in logs (expected: a header, such as"
                    + " 'Authorization: Bearer <secret>')."));

    private final List<String> headerNames;
    private final IssuedKeys issuedKeys;

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
     * @throws IllegalArgumentException when two clients share a secret, or two access keys an id
     */
    public Authenticator(AuthConfig config, List<Client> clients, SecureRandom random) {
        headerNames = config.headerNames();
        issuedKeys = new IssuedKeys(clients, randomBytes(random));
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

    /**
     * Tells who sends a request with this head, by a secret or by a signature.
     *
     * @param rawTarget as received
     */
    public AuthDecision authenticate(String method, String rawTarget, HeaderView headers, Instant now) {
        String signed = issuedKeys.isEmpty() ? null : onlySignature(headers);
        if (signed != null) {
            RequestTarget target = RequestTarget.parse(rawTarget);
            return target == null ? DENIED : issuedKeys.authenticate(method, target, headers, signed, now);
        }
        AuthDecision decision = authenticate(headers, now);
        return decision instanceof AuthDecision.Denied && isInQueryOnly(rawTarget, headers) ? IN_QUERY : decision;
    }

    /** Null when there is another secret too: who sends two may not choose which one counts. */
    private @Nullable String onlySignature(HeaderView headers) {
        List<String> values = headers.all(AuthConfig.AUTHORIZATION);
        if (values.size() != 1 || !SignedAuthorization.isClaimedBy(values.get(0))) {
            return null;
        }
        boolean isAlone = headerNames.stream()
                .allMatch(name -> name.equals(AuthConfig.AUTHORIZATION)
                        || headers.all(name).isEmpty());
        return isAlone ? values.get(0) : null;
    }

    private boolean isInQueryOnly(String rawTarget, HeaderView headers) {
        RequestTarget target = RequestTarget.parse(rawTarget);
        return target != null
                && headerNames.stream().allMatch(name -> headers.all(name).isEmpty())
                && (QueryCredentials.isSecret(target.query(), headerNames)
                        || QueryCredentials.isSigned(target.query()));
    }

    /** Reads every place where a secret may stand. Every reason to deny has the same answer. */
    AuthDecision authenticate(HeaderView headers, Instant now) {
        PresentedSecret secret = onlySecret(headers);
        if (secret == null) {
            return DENIED;
        }
        SecretHasher hasher = hashers.get();
        byte[] digest = hasher.digest(secret.text());
        Entry entry = entries.getOrDefault(hasher.lookup(digest), nobody);
        boolean equal = MessageDigest.isEqual(digest, entry.digest.bytes());
        Client client = entry.client;
        return equal && client != null && client.isValidAt(now)
                ? new AuthDecision.Granted(client, secret, null)
                : DENIED;
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
