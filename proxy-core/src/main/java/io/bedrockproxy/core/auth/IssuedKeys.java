package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.http.RequestTarget;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.SecretAccessKey;
import io.bedrockproxy.core.sigv4.SignatureVerifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells clients by the access keys that were issued to them. Immutable and safe from any thread. */
final class IssuedKeys {
    /** Several event loops ask; a verifier belongs to one thread. */
    private static final ThreadLocal<SignatureVerifier> VERIFIERS = ThreadLocal.withInitial(SignatureVerifier::new);

    private final Map<String, Entry> entries = new HashMap<>();

    /** Verified with when nobody has the id, so that the answer takes as long. */
    private final Entry nobody;

    /**
     * A key and whose it is.
     *
     * @param secret what its signatures are made with
     * @param client null for nobody's
     */
    record Entry(SecretAccessKey secret, @Nullable Client client) {
        /** Who has signed {@code head} over a body of this hash. */
        AuthDecision grant(SignedHead head, PayloadHash body) {
            boolean matches = VERIFIERS.get().verify(head.request(), body, secret);
            return matches && client != null
                    ? new AuthDecision.Granted(
                            client, PresentedSecret.signature(head.request().signature()), head.payloadHash())
                    : SignatureDenial.MISMATCH.decision();
        }
    }

    /**
     * Knows these clients.
     *
     * @param decoy a secret that nobody has
     * @throws IllegalArgumentException when two keys have the same id
     */
    IssuedKeys(List<Client> clients, byte[] decoy) {
        nobody = new Entry(SecretAccessKey.of(decoy), null);
        for (Client client : clients) {
            for (IssuedKey key : client.accessKeys()) {
                if (entries.put(key.id(), new Entry(key.secret(), client)) != null) {
                    throw new IllegalArgumentException(
                            "client " + client.name() + " has an access key with an id that is taken: " + key.id());
                }
            }
        }
    }

    /** Whether no key was issued: then a signature is nothing that is understood. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Judges a head. What names the hash of its body is verified at once, and its body compared later; for the others the
     * last word is said when the body is there.
     *
     * @param authorization the only {@code Authorization}
     */
    AuthDecision authenticate(
            String method, RequestTarget target, HeaderView headers, String authorization, Instant now) {
        SignedHead.Read read = SignedHead.read(method, target, headers, authorization, now);
        SignedHead head = read.head();
        if (head == null) {
            return read.denial().decision();
        }
        Entry entry = entries.getOrDefault(head.accessKeyId(), nobody);
        Client client = entry.client();
        if (client == null || !client.isValidAt(now)) {
            // The work of a known one, then the answer of a wrong signature.
            nobody.grant(head, PayloadHash.EMPTY);
            return SignatureDenial.MISMATCH.decision();
        }
        PayloadHash told = head.payloadHash();
        return told == null ? new AuthDecision.Unproven(new InboundSignature(head, entry)) : entry.grant(head, told);
    }
}
