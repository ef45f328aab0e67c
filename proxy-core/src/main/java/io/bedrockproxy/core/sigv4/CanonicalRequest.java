package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.Header;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The form of a request that both sides hash. It may hold a security token, so it is never printed. */
final class CanonicalRequest {
    private final Utf8Buffer text;
    private final String signedHeaders;

    private CanonicalRequest(Utf8Buffer text, String signedHeaders) {
        this.text = text;
        this.signedHeaders = signedHeaders;
    }

    /**
     * Writes a request in canonical form.
     *
     * @param headers all headers to sign, those of the signer included
     * @param text where to; what it held is lost, and the result is good until it is written to again
     */
    static CanonicalRequest write(SignableRequest request, List<Header> headers, Utf8Buffer text) {
        return write(
                request.method(),
                CanonicalPath.of(request.path()),
                CanonicalQuery.of(request.query()),
                CanonicalHeaders.of(headers),
                request.payloadHash(),
                text);
    }

    /** The same from a path and a query that are in canonical form already. */
    static CanonicalRequest write(
            String method,
            String path,
            String query,
            CanonicalHeaders headers,
            PayloadHash payloadHash,
            Utf8Buffer text) {
        String signedHeaders = headers.names();
        text.clear();
        text.append(method).append('\n');
        text.append(path).append('\n');
        text.append(query).append('\n');
        headers.appendLines(text);
        text.append('\n');
        text.append(signedHeaders).append('\n');
        text.append(payloadHash.hex());
        return new CanonicalRequest(text, signedHeaders);
    }

    /** The names of the headers in it, as the Authorization header lists them. */
    String signedHeaders() {
        return signedHeaders;
    }

    /** Its SHA-256 in lower-case hexadecimal, as the string to sign has it. */
    String hash(MessageDigest sha256) {
        return HexFormat.of().formatHex(text.digest(sha256));
    }

    /** Shows the names only. */
    @Override
    public String toString() {
        return "CanonicalRequest[signedHeaders=" + signedHeaders + ", ***]";
    }
}
