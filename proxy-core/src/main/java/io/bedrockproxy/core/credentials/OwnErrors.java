package io.bedrockproxy.core.credentials;

/** Failures that no source reports: the refresher finds them itself. */
final class OwnErrors {
    /** A try takes too long; it may still tell why. */
    static final SourceError OVERDUE = SourceError.unavailable(
            "timeout", "the credentials source did not answer in time; try again", "no answer in time");
    /** The answer held credentials that are expired or about to be. */
    static final SourceError EXPIRED_ANSWER = SourceError.unavailable(
            "expired-answer", "the credentials source gave expired credentials; check this machine's clock", "");
    /** All worker threads hang in calls. */
    static final SourceError BUSY =
            SourceError.unavailable("busy", "too many calls to credentials sources hang; try again", "");
    /** AWS refused the credentials, and others were asked for a moment ago. */
    static final SourceError REFUSED =
            SourceError.unavailable("refused", "AWS refused the credentials, which were renewed a moment ago", "");
    /** The refresher has been closed. */
    static final SourceError CLOSED = SourceError.unavailable("closed", "the proxy is stopping", "");

    private OwnErrors() {}

    /** A source threw, which it should not. Names the exception for the log and nothing for the client. */
    static SourceError unexpected(RuntimeException thrown) {
        return SourceError.unavailable(
                "unexpected", "the credentials source failed; see the log", SafeText.of(thrown.toString()));
    }
}
