package io.bedrockproxy.emulator.sts;

import io.bedrockproxy.emulator.signature.Verdict;

/**
 * An error that the STS side answers.
 *
 * @param status the HTTP status
 * @param code the error code
 * @param message AWS's words for it
 */
record StsFault(int status, String code, String message) implements StsOutcome {
    static StsFault validation(String message) {
        return new StsFault(400, "ValidationError", message);
    }

    static StsFault signature(Verdict.Refused refused) {
        return switch (refused.fault()) {
            case MISSING, BEARER ->
                new StsFault(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            case INCOMPLETE -> new StsFault(400, "IncompleteSignature", refused.message());
            case UNKNOWN_KEY -> new StsFault(403, "InvalidClientTokenId", refused.message());
            case EXPIRED_KEY -> new StsFault(403, "ExpiredToken", refused.message());
            case SCOPE, UNSIGNED_HEADER, CLOCK, MISMATCH ->
                new StsFault(403, "SignatureDoesNotMatch", refused.message());
        };
    }

    /** Whose fault it is said to be. */
    String type() {
        return status < 500 ? "Sender" : "Receiver";
    }
}
