package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.CredentialsResult;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.endpoint.EndpointOverride;
import io.bedrockproxy.core.sigv4.CanonicalDiff;
import io.bedrockproxy.core.sigv4.CorrectedClock;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SignatureRefusal;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is to be done about a signature that AWS refuses: credentials that it calls expired or unknown are
 * replaced, a clock that is wrong is corrected, and of anything else the operator is told where our canonical request
 * differs from AWS's. One for the process; safe from any thread.
 */
public final class SignatureRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureRefusals.class);

    private static final String ERROR_TYPE = "x-amzn-errortype";
    private static final CompletionStage<Remedy> NONE = CompletableFuture.completedFuture(Remedy.NONE);

    /** A fault in how requests are signed meets every request, and is worth a line now and then. */
    private static final Duration LOG_PAUSE = Duration.ofMinutes(10);

    private static final int MOST_CAUSES = 64;

    private final CorrectedClock clock;
    private final LongSupplier nanos;
    private final Map<String, Long> loggedNanos = new ConcurrentHashMap<>();

    /**
     * @param clock what signatures are dated with
     * @param nanos for the pauses between two lines of the log
     */
    public SignatureRefusals(CorrectedClock clock, LongSupplier nanos) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.nanos = Objects.requireNonNull(nanos, "nanos");
    }

    /** What the clock is corrected by, to be remembered with a signature. */
    Duration clockOffset() {
        return clock.offset();
    }

    /** Whether a response with this head is to be held, and judged when its body is there. */
    static boolean isWorthHolding(HttpResponse head) {
        return SignatureRefusal.isPossible(head.status().code(), head.headers().get(ERROR_TYPE));
    }

    /**
     * Judges, and does what can be done about it.
     *
     * @param answer borrowed
     * @param signer of the calling event loop; not used later
     * @return never completes exceptionally; completes within 16 s, possibly on another thread
     */
    CompletionStage<Remedy> judge(HeldResponse answer, SignedAttempt attempt, SigV4Signer signer) {
        SignatureRefusal refusal = SignatureRefusal.of(answer.head().headers().get(ERROR_TYPE), answer.bytes());
        return switch (refusal.cause()) {
            case CREDENTIALS -> replaceCredentials(attempt);
            case SIGNATURE -> {
                if (correctClock(answer.head(), attempt)) {
                    yield CompletableFuture.completedFuture(Remedy.NEW_TIME);
                }
                explain(refusal, attempt, signer);
                yield NONE;
            }
            case OTHER -> NONE;
        };
    }

    private static CompletionStage<Remedy> replaceCredentials(SignedAttempt attempt) {
        SessionCredentials refused = attempt.credentials();
        return attempt.admitted()
                .client()
                .credentials()
                .rejected(refused)
                .thenApply(result ->
                        result instanceof CredentialsResult.Ready ready && isOther(ready.credentials(), refused)
                                ? Remedy.NEW_CREDENTIALS
                                : Remedy.NONE);
    }

    /** A source of fixed keys gives the same again, which AWS would refuse again. */
    private static boolean isOther(SessionCredentials fresh, SessionCredentials refused) {
        return !fresh.accessKeyId().equals(refused.accessKeyId())
                || !Objects.equals(fresh.sessionToken(), refused.sessionToken());
    }

    private boolean correctClock(HttpResponse head, SignedAttempt attempt) {
        String text = head.headers().get(HttpHeaderNames.DATE);
        Date date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date != null
                && isTrusted(attempt.admitted().endpoint())
                && clock.correct(date.toInstant(), attempt.clockOffset());
    }

    /** No other endpoint can be configured; but whoever sets the clock has to be known for sure. */
    private static boolean isTrusted(Endpoint endpoint) {
        return endpoint.isSecure() || EndpointOverride.isLoopback(endpoint.host());
    }

    private void explain(SignatureRefusal refusal, SignedAttempt attempt, SigV4Signer signer) {
        CanonicalDiff diff = signer.explain(
                UpstreamRequest.signable(attempt.admitted(), attempt.payloadHash()),
                attempt.credentials(),
                attempt.time(),
                refusal.message());
        if (diff != null) {
            warnOnce(diff, attempt.admitted());
        }
    }

    private void warnOnce(CanonicalDiff diff, Admitted admitted) {
        String endpoint = admitted.endpoint().authority();
        String cause = endpoint + diff.names();
        long now = nanos.getAsLong();
        Long last = loggedNanos.get(cause);
        boolean isDue = last == null ? loggedNanos.size() < MOST_CAUSES : now - last >= LOG_PAUSE.toNanos();
        if (isDue && replaced(cause, last, now)) {
            LOG.warn(
                    "endpoint={} operation={} signature=refused canonical-request=\"{}\"",
                    endpoint,
                    admitted.route().operation().name(),
                    diff);
        }
    }

    /** Of threads that come at once, one logs. */
    private boolean replaced(String cause, @Nullable Long last, long now) {
        return last == null ? loggedNanos.putIfAbsent(cause, now) == null : loggedNanos.replace(cause, last, now);
    }
}
