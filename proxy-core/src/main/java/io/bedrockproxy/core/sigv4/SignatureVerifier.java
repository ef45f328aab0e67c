package io.bedrockproxy.core.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;

/** Verifies signatures that others made. Keeps a digest and a MAC, so it belongs to one thread. It logs nothing. */
public final class SignatureVerifier {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest sha256 = Algorithms.sha256();
    private final Mac mac = Algorithms.hmacSha256();
    private final Utf8Buffer canonicalText = new Utf8Buffer();

    /** Makes a verifier that keeps nothing of what it has verified. */
    public SignatureVerifier() {}

    /**
     * Whether {@code secret} signed {@code request} with a body of this hash. Takes the same time whatever the answer is.
     *
     * <p>Two canonical forms count: that of the AWS SDKs, in which the path is encoded once more and the query is sorted,
     * and path and query just as they were sent, which is what curl signs (7.88, measured). Both bind the same bytes.
     */
    public boolean verify(SignedRequest request, PayloadHash payloadHash, SecretAccessKey secret) {
        SigningKey key = secret.signingKey(request.scope());
        boolean asSdksSign = isSigned(
                request, CanonicalPath.of(request.path()), CanonicalQuery.of(request.query()), payloadHash, key);
        boolean asSent = isSigned(request, request.path(), request.query(), payloadHash, key);
        return asSdksSign || asSent;
    }

    private boolean isSigned(
            SignedRequest request, String path, String query, PayloadHash payloadHash, SigningKey key) {
        CanonicalRequest canonical = CanonicalRequest.write(
                request.method(), path, query, CanonicalHeaders.of(request.headers()), payloadHash, canonicalText);
        StringToSign stringToSign = new StringToSign(request.amzDate(), request.scope(), canonical.hash(sha256));
        canonicalText.clear();
        key.initialize(mac);
        String expected = HEX.formatHex(mac.doFinal(stringToSign.text().getBytes(StandardCharsets.UTF_8)));
        return MessageDigest.isEqual(ascii(expected), ascii(request.signature()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
