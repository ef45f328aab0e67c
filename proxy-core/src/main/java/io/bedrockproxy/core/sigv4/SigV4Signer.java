package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with AWS Signature Version 4. It keeps a digest and a MAC, so there is one signer per event loop; not
 * thread-safe. It logs nothing.
 */
public final class SigV4Signer {
    private static final HexFormat HEX = HexFormat.of();

    private final SigningKeyCache signingKeys;
    private final MessageDigest sha256 = Algorithms.sha256();
    private final Mac mac = Algorithms.hmacSha256();
    private final Utf8Buffer canonicalText = new Utf8Buffer();
    private SigningTime time = SigningTime.of(Instant.EPOCH);
    /** The key that {@link #mac} was last initialized with; null before the first signature. */
    private @Nullable SigningKey macKey;

    /** @param signingKeys may be shared with other signers */
    public SigV4Signer(SigningKeyCache signingKeys) {
        this.signingKeys = Objects.requireNonNull(signingKeys, "signingKeys");
    }

    /**
     * Signs a request for one attempt; each further attempt needs a new signature.
     *
     * @param request what will be sent; a header that the signer itself adds is ignored
     * @param region the region of the endpoint
     * @param service the signing name
     * @param now the instant of signing: AWS refuses a signature that is older than five minutes
     * @return the headers to add to the request
     */
    public SignedHeaders sign(
            SignableRequest request, SessionCredentials credentials, String region, String service, Instant now) {
        SigningTime signingTime = timeAt(now);
        List<Header> headers = headers(request, credentials, now);
        CredentialScope scope = new CredentialScope(signingTime.date(), region, service);
        String authorization = authorization(request, headers, credentials, scope, now);
        return new SignedHeaders(
                authorization,
                signingTime.amzDate(),
                credentials.sessionToken(),
                request.payloadHash().hex());
    }

    /**
     * Says where the canonical request that was signed differs from AWS's, which is in the words of a refusal.
     *
     * @param request as it was signed
     * @param credentials those it was signed with
     * @param now when it was signed
     * @param refusal AWS's words
     * @return null when the words hold no canonical request
     */
    public @Nullable CanonicalDiff explain(
            SignableRequest request, SessionCredentials credentials, Instant now, String refusal) {
        CanonicalRequest.write(request, headers(request, credentials, now), canonicalText);
        String ours = canonicalText.toString();
        canonicalText.clear();
        return CanonicalDiff.of(ours, refusal);
    }

    private List<Header> headers(SignableRequest request, SessionCredentials credentials, Instant now) {
        List<Header> headers = new ArrayList<>(request.headers().size() + 3);
        for (Header header : request.headers()) {
            if (!isOwn(header.name())) {
                headers.add(header);
            }
        }
        headers.add(
                new Header(SignedHeaders.CONTENT_SHA256, request.payloadHash().hex()));
        headers.add(new Header(SignedHeaders.DATE, timeAt(now).amzDate()));
        String token = credentials.sessionToken();
        if (token != null) {
            headers.add(new Header(SignedHeaders.SECURITY_TOKEN, token));
        }
        return headers;
    }

    /** The four phases of Signature Version 4, over exactly {@code headers}. */
    String authorization(
            SignableRequest request,
            List<Header> headers,
            SessionCredentials credentials,
            CredentialScope scope,
            Instant now) {
        CanonicalRequest canonicalRequest = CanonicalRequest.write(request, headers, canonicalText);
        StringToSign stringToSign = new StringToSign(timeAt(now).amzDate(), scope, canonicalRequest.hash(sha256));
        SigningKey signingKey = signingKeys.get(credentials, scope, now);
        String signature = hmac(signingKey, stringToSign.text());

        return StringToSign.ALGORITHM + " Credential=" + credentials.accessKeyId() + '/' + scope.text()
                + ", SignedHeaders=" + canonicalRequest.signedHeaders() + ", Signature=" + signature;
    }

    private String hmac(SigningKey key, String text) {
        if (macKey != key) {
            key.initialize(mac);
            macKey = key;
        }
        return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Formatting a date costs as much as the HMAC, and thousands of requests share a second. */
    private SigningTime timeAt(Instant now) {
        if (now.getEpochSecond() != time.epochSecond()) {
            time = SigningTime.of(now);
        }
        return time;
    }

    private static boolean isOwn(String name) {
        return name.equals(SignedHeaders.AUTHORIZATION)
                || name.equals(SignedHeaders.CONTENT_SHA256)
                || name.equals(SignedHeaders.DATE)
                || name.equals(SignedHeaders.SECURITY_TOKEN);
    }
}
