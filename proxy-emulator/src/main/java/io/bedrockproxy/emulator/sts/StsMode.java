package io.bedrockproxy.emulator.sts;

/** How the STS side behaves, towards everybody or about one role. */
public enum StsMode {
    /** As AWS. */
    OK,
    /** InternalFailure, 500. */
    ERROR_500,
    /** ServiceUnavailable, 503. */
    UNAVAILABLE,
    /** Throttling, 400. */
    THROTTLED,
    /** AccessDenied, 403. */
    DENIED,
    /** RegionDisabledException, 403. */
    REGION_DISABLED,
    /** ExpiredToken, 403: of the caller's own credentials. */
    EXPIRED_SOURCE,
    /** IDPCommunicationError, 400: a web identity provider that does not answer; may be tried again. */
    IDP_UNREACHABLE,
    /** PackedPolicyTooLarge, 400. */
    PACKED_POLICY_TOO_LARGE,
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
