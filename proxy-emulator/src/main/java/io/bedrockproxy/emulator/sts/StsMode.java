package io.bedrockproxy.emulator.sts;

/** How the STS side behaves. */
public enum StsMode {
    /** As AWS. */
    OK,
    /** InternalFailure, 500. */
    ERROR_500,
    /** Throttling, 400. */
    THROTTLED,
    /** AccessDenied, 403. */
    DENIED,
    /** Takes the request and never answers. */
    HANG,
    /** Takes the request and closes the connection. */
    CUT,
    /** 200 with XML that ends in the middle. */
    MALFORMED,
    /** Grants credentials that expired a minute ago. */
    EXPIRED_CREDENTIALS,
    /** Grants credentials that live for five seconds. */
    SHORT_CREDENTIALS,
    /** Its clock is twenty minutes ahead: it refuses right signatures, and its Date header shows why. */
    SKEWED
}
