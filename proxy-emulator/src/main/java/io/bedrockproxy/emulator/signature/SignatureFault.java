package io.bedrockproxy.emulator.signature;

/** Why a request is not accepted as signed; each service has its own error for each. */
public enum SignatureFault {
    /** No Authorization header. */
    MISSING,
    /** A bearer token. */
    BEARER,
    /** An Authorization header that lacks a part, or no date. */
    INCOMPLETE,
    /** Scope: region, service, date or terminator. */
    SCOPE,
    /** A header that has to be signed is not. */
    UNSIGNED_HEADER,
    /** A date outside the service's window. */
    CLOCK,
    /** A key that nobody issued, or its session token is absent or another one. */
    UNKNOWN_KEY,
    /** The key's life is over. */
    EXPIRED_KEY,
    /** The signature is not that of the received bytes. */
    MISMATCH
}
