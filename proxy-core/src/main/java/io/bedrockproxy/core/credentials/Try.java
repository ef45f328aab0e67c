package io.bedrockproxy.core.credentials;

import java.time.Duration;

/** One question to a source; compared by identity. */
final class Try {
    /** STS calls end after 5 s; this ends what the SDK cannot end, such as a name lookup that hangs. */
    static final Duration LONGEST = Duration.ofMillis(7500);
    /**
     * While there is nothing to serve and the source has failed before, a try that hangs this long gets a successor, so
     * that the end of an outage is seen within 3 s. Its own late success still counts.
     */
    static final Duration LONGEST_PROBE = Duration.ofSeconds(2);

    final long begunNanos;
    /** Whether the source changed after it was asked. */
    boolean isOutdated;
    /** Runs when the question has been open for too long. */
    Scheduler.Timer overdue = () -> {};

    Try(long begunNanos) {
        this.begunNanos = begunNanos;
    }

    /** Asks, and lets nothing escape that would leave the question open. */
    static SourceAnswer ask(CredentialsSource source, int alternative) {
        try {
            return source.fetch(alternative);
        } catch (RuntimeException e) {
            return new SourceAnswer.Refused(OwnErrors.unexpected(e));
        }
    }
}
