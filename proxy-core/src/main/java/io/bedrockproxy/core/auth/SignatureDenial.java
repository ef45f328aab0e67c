package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;

/**
 * Why a signed request is denied. What a request says of itself is told, as it is what its sender has to mend: all of it
 * can be seen without knowing a key. Whether an id is known, and which part of a signature is wrong, is not told.
 */
enum SignatureDenial {
    ALGORITHM("The algorithm of the signature is not taken (expected: AWS4-HMAC-SHA256, without SigV4a)."),
    FORM("The Authorization header holds no complete signature (expected: AWS4-HMAC-SHA256"
            + " Credential=<id>/<yyyymmdd>/<region>/<service>/aws4_request, SignedHeaders=<sorted names>,"
            + " Signature=<64 hexadecimal digits>)."),
    SERVICE("The signature is for another service (expected: bedrock in its credential scope)."),
    PRESIGNED("A signature in the query is not taken (expected: the Authorization header)."),
    SIGNED_HEADERS("The signature does not cover what it must (expected: host and x-amz-date among SignedHeaders, and"
            + " every header named there present)."),
    DATE(
            "The date of the signature cannot be read (expected: one x-amz-date such as 20270131T120000Z, on the day of the"
                    + " credential scope)."),
    CLOCK("The date of the signature is more than 5 minutes away from the proxy's clock, which the Date header of this"
            + " answer shows."),
    SESSION_TOKEN(
            "Keys of this proxy have no session token (expected: no x-amz-security-token). Are these keys AWS's?"),
    PAYLOAD(
            "The signature does not cover the body (expected: its SHA-256 in x-amz-content-sha256, or no such header)."),
    MISMATCH("The signature is not one of a known access key over this request.");

    private final String message;

    SignatureDenial(String message) {
        this.message = message;
    }

    AuthDecision.Denied decision() {
        return new AuthDecision.Denied(Failure.of(FailureKind.UNAUTHENTICATED, message));
    }
}
