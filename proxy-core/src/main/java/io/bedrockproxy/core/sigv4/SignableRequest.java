package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.Header;
import java.util.List;
import java.util.Objects;

/**
 * The parts of a request that a signature covers, as they will travel.
 *
 * @param method the method, in upper case
 * @param path the path exactly as on the wire; an empty one counts as {@code /}
 * @param query the query exactly as on the wire, without {@code ?}; empty when there is none
 * @param headers the headers to sign, {@code host} included, in wire order; {@link SigV4Signer} adds its own
 * @param payloadHash the hash of the body
 */
public record SignableRequest(String method, String path, String query, List<Header> headers, PayloadHash payloadHash) {
    /** Refuses nulls; keeps the list as it is, so the caller must leave it alone until the request is signed. */
    public SignableRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(payloadHash, "payloadHash");
    }
}
