package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;

/**
 * Why a source gave no credentials.
 *
 * @param isDenied whether the same question will get the same answer, so that repeating it quickly does not help
 * @param code STS's error code, or a word of ours
 * @param summary for the client: what is wrong and where to look, nothing that an outsider may not know
 * @param detail for the log: STS's own message
 */
record SourceError(boolean isDenied, String code, String summary, String detail) {
    /** A failure that may heal by itself. */
    static SourceError unavailable(String code, String summary, String detail) {
        return new SourceError(false, code, summary, detail);
    }

    /** A failure that somebody has to mend. */
    static SourceError denied(String code, String summary, String detail) {
        return new SourceError(true, code, summary, detail);
    }

    FailureKind kind() {
        return isDenied ? FailureKind.CREDENTIALS_DENIED : FailureKind.CREDENTIALS_UNAVAILABLE;
    }

    Failure failure() {
        return new Failure(kind(), summary, "code=" + code + (detail.isEmpty() ? "" : " message=" + detail));
    }

    CredentialsResult result() {
        return new CredentialsResult.Failed(failure());
    }

    CredentialsState state() {
        return new CredentialsState.Failed(kind(), code, summary);
    }

    boolean isSameCauseAs(SourceError other) {
        return isDenied == other.isDenied && code.equals(other.code);
    }
}
