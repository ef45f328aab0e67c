package io.bedrockproxy.core.credentials;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.retry.ClockSkew;

/**
 * Tells what STS's refusals and the network's troubles mean for one role: whether to come back soon, what the client may
 * know, and what the log should say.
 */
final class StsErrors {
    /** STS itself accepts 5 minutes; a clock that is off by this much is worth naming as the cause. */
    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(2);

    private static final Set<String> THROTTLES = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException");
    private static final Set<String> TRANSIENT =
            Set.of("ServiceUnavailable", "InternalFailure", "InternalError", "IDPCommunicationError", "RequestTimeout");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");
    private static final Set<String> OF_SOURCE =
            Set.of("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException");
    private static final Set<String> CLOCK_SENSITIVE =
            Set.of("SignatureDoesNotMatch", "RequestExpired", "InvalidSignatureException", "RequestTimeTooSkewed");

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("AccessDenied", "check its trust policy and external ID"),
            Map.entry("ExpiredToken", "the source credentials have expired"),
            Map.entry("ExpiredTokenException", "the source credentials have expired"),
            Map.entry("InvalidClientTokenId", "check the source credentials"),
            Map.entry("UnrecognizedClientException", "check the source credentials"),
            Map.entry("SignatureDoesNotMatch", "check the source credentials and this machine's clock"),
            Map.entry("IncompleteSignature", "check the source credentials"),
            Map.entry("RequestExpired", "check this machine's clock"),
            Map.entry("RegionDisabledException", "activate STS in its region, or choose another STS region"),
            Map.entry("MalformedPolicyDocument", "check its session policy"),
            Map.entry(
                    "PackedPolicyTooLarge",
                    "shorten its session policy (a generated one: fewer patterns in the client's models) or its session tags"),
            Map.entry("ValidationError", "check its duration, session name, tags and external ID"));

    private final String subject;
    private final boolean isSourceRenewable;
    private final Map<String, String> advice;
    private final InstantSource clock;

    /**
     * Speaks about one role.
     *
     * @param isSourceRenewable whether the source may have other credentials the next time it is asked
     */
    StsErrors(String roleArn, boolean isSourceRenewable, InstantSource clock) {
        this("role " + roleArn, isSourceRenewable, ADVICE, clock);
    }

    private StsErrors(String subject, boolean isSourceRenewable, Map<String, String> advice, InstantSource clock) {
        this.subject = subject;
        this.isSourceRenewable = isSourceRenewable;
        this.advice = advice;
        this.clock = clock;
    }

    /** Speaks about credentials of which STS was asked whose they are. */
    static StsErrors ofCaller(String subject, InstantSource clock) {
        Map<String, String> advice = new HashMap<>(ADVICE);
        advice.put("AccessDenied", "a policy on the way forbids to ask, such as that of a VPC endpoint");
        return new StsErrors(subject, false, advice, clock);
    }

    /** Whether STS says that the credentials are expired or unknown which the call was signed with. */
    static boolean isOfSource(RuntimeException thrown) {
        return thrown instanceof AwsServiceException refusal
                && refusal.awsErrorDetails() != null
                && OF_SOURCE.contains(String.valueOf(refusal.awsErrorDetails().errorCode()));
    }

    SourceError of(RuntimeException thrown, SessionCredentials source) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException refusal) {
                return refusal(refusal, source);
            }
            if (cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof ApiCallTimeoutException
                    || cause instanceof SocketTimeoutException) {
                return unavailable("timeout", "STS did not answer in time", thrown, source);
            }
            if (cause instanceof UnknownHostException) {
                return unavailable("unknown-host", "the STS host name does not resolve", thrown, source);
            }
            if (cause instanceof SSLException) {
                return unavailable("tls", "no trusted TLS connection to STS", thrown, source);
            }
            if (cause instanceof IOException) {
                return unavailable("unreachable", "the connection to STS failed", thrown, source);
            }
        }
        return unavailable("malformed-answer", "STS's answer cannot be read", thrown, source);
    }

    SourceAnswer incomplete() {
        return new SourceAnswer.Refused(SourceError.unavailable(
                "malformed-answer",
                "STS's answer for " + subject + " lacks credentials; try again",
                "the answer lacks a key, the session token or the expiration"));
    }

    private SourceError refusal(AwsServiceException refusal, SessionCredentials source) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        if (details == null || code == null || code.isBlank()) {
            // Not STS's XML: a gateway between us and STS, which says nothing about the role.
            return unavailable("http-" + refusal.statusCode(), "STS's answer cannot be read", refusal, source);
        }
        String safeCode = SafeText.of(code);
        String detail = detail(details, refusal, source);
        String skew = CLOCK_SENSITIVE.contains(code) ? skew(details) : null;
        if (skew != null) {
            return SourceError.unavailable(
                    safeCode, "STS answered " + safeCode + " for " + subject + ": " + skew, detail + ' ' + skew);
        }
        if (isTransient(code, refusal.statusCode())) {
            return SourceError.unavailable(
                    safeCode, "STS answered " + safeCode + " for " + subject + "; try again", detail);
        }
        return SourceError.denied(
                safeCode,
                "STS answered " + safeCode + " for " + subject + ": "
                        + advice.getOrDefault(code, "see the proxy's log"),
                detail);
    }

    private boolean isTransient(String code, int status) {
        return status >= 500
                || status == 429
                || status == 408
                || THROTTLES.contains(code)
                || TRANSIENT.contains(code)
                || (isSourceRenewable && EXPIRED.contains(code));
    }

    private @Nullable String skew(AwsErrorDetails details) {
        Optional<Instant> serverTime =
                Optional.ofNullable(details.sdkHttpResponse()).flatMap(ClockSkew::getServerTime);
        if (serverTime.isEmpty()) {
            return null;
        }
        Duration ahead = Duration.between(serverTime.get(), clock.instant());
        return ahead.abs().compareTo(NOTABLE_SKEW) < 0
                ? null
                : "this machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " AWS's";
    }

    private static String detail(AwsErrorDetails details, AwsServiceException refusal, SessionCredentials source) {
        String message = details.errorMessage();
        return SafeText.of(message == null ? "" : message, source) + " (status=" + refusal.statusCode()
                + ", request-id=" + SafeText.of(String.valueOf(refusal.requestId())) + ")";
    }

    private SourceError unavailable(String code, String fact, RuntimeException thrown, SessionCredentials source) {
        String message = thrown.getMessage();
        return SourceError.unavailable(
                code, fact + " for " + subject + "; try again", SafeText.of(message == null ? "" : message, source));
    }
}
