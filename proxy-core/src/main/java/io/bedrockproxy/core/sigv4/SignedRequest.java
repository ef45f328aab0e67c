package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.Header;
import java.util.List;
import java.util.Objects;

/**
 * A request as somebody else has signed it, without its body.
 *
 * @param method the HTTP method
 * @param path the path exactly as on the wire
 * @param query the query exactly as on the wire, without {@code ?}; empty when there is none
 * @param headers the signed headers under the names that the signer gave them, in wire order
 * @param amzDate the value of {@code x-amz-date}
 * @param scope the credential scope
 * @param signature 64 lower-case hexadecimal digits
 */
public record SignedRequest(
        String method,
        String path,
        String query,
        List<Header> headers,
        String amzDate,
        CredentialScope scope,
        String signature) {
    /** Refuses nulls and copies the list. */
    public SignedRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(amzDate, "amzDate");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(signature, "signature");
        headers = List.copyOf(headers);
    }

    /** Shows date and scope only: the signature is as good as a secret for minutes. */
    @Override
    public String toString() {
        return "SignedRequest[amzDate=" + amzDate + ", scope=" + scope.text() + ", ***]";
    }
}
