package io.bedrockproxy.core.failure;

/**
 * Every way in which the proxy itself ends an exchange. Names, statuses and error types are a public contract;
 * {@code docs/FAILURES.md} is made from this table.
 */
public enum FailureKind {
    UNAUTHENTICATED(
            "unauthenticated",
            401,
            "UnrecognizedClientException",
            Source.DOWNSTREAM,
            "no secret, a wrong or expired one, one header twice, two different secrets, or a wrong signature",
            "send exactly one valid secret, or a signature with an issued access key"),
    FORBIDDEN_MODEL(
            "forbidden-model",
            403,
            "AccessDeniedException",
            Source.DOWNSTREAM,
            "the client's rules do not allow this model",
            "use another model, or add a rule to clients.NAME.models"),
    FORBIDDEN_OPERATION(
            "forbidden-operation",
            403,
            "AccessDeniedException",
            Source.DOWNSTREAM,
            "the client's rules do not allow this operation",
            "add a rule to clients.NAME.operations"),
    BAD_REQUEST(
            "bad-request",
            400,
            "ValidationException",
            Source.DOWNSTREAM,
            "framing, target, header or query that cannot be passed on, a secret where it must not be, or a body that names"
                    + " no model, or not for sure, under rules for models",
            "the message names what is wrong"),
    WRONG_REGION(
            "wrong-region",
            400,
            "ValidationException",
            Source.DOWNSTREAM,
            "an ARN, in the path or as the model in the body, of a region that the client may not use",
            "use an ARN of the client's region, or add the region to clients.NAME.regions"),
    UNKNOWN_PATH(
            "unknown-path",
            404,
            "UnknownOperationException",
            Source.DOWNSTREAM,
            "a path that is no operation which the proxy passes on, or which AWS does not have in this region",
            "compare the endpoint URL with the client's settings; the message names the form that AWS did not know"),
    WRONG_METHOD(
            "wrong-method",
            405,
            "UnknownOperationException",
            Source.DOWNSTREAM,
            "a known path with another method",
            "use a method of the Allow header"),
    SLOW_REQUEST(
            "slow-request",
            408,
            "RequestTimeoutException",
            Source.DOWNSTREAM,
            "head or body did not arrive before its deadline; the connection is closed",
            "look at the network between client and proxy, or raise timeouts.body"),
    BODY_TOO_LARGE(
            "body-too-large",
            413,
            "ValidationException",
            Source.DOWNSTREAM,
            "the body is longer than limits.request-body",
            "send less, or raise the limit"),
    HEAD_TOO_LARGE(
            "head-too-large",
            431,
            "ValidationException",
            Source.DOWNSTREAM,
            "the head is longer than limits.head, or has more fields than limits.header-count",
            "send less, or raise the limit"),
    TOO_MANY_FAILURES(
            "too-many-failures",
            429,
            "ThrottlingException",
            Source.DOWNSTREAM,
            "more than 100 failed authentications from one address, or IPv6 /64, of which one is forgiven every two seconds",
            "correct the secret; a right one is never held back"),
    OVERLOADED(
            "overloaded",
            503,
            "ServiceUnavailableException",
            Source.PROXY,
            "the request bodies in memory have used up limits.buffered-bodies",
            "try again later, or raise limits.buffered-bodies"),
    DRAINING(
            "draining",
            503,
            "ServiceUnavailableException",
            Source.PROXY,
            "the proxy is about to stop (reserved: this version never answers so, it closes the connection)",
            "try again; a new connection reaches its successor"),
    CREDENTIALS_UNAVAILABLE(
            "credentials-unavailable",
            503,
            "ServiceUnavailableException",
            Source.CREDENTIALS,
            "STS or the source cannot give credentials now",
            "try again later; /readyz and the log say what is wrong"),
    CREDENTIALS_DENIED(
            "credentials-denied",
            424,
            "CredentialsDeniedException",
            Source.CREDENTIALS,
            "STS refuses the role",
            "correct the trust policy, the external ID or the configuration; the log says which role"),
    UPSTREAM_UNREACHABLE(
            "upstream-unreachable",
            502,
            "ServiceUnavailableException",
            Source.UPSTREAM,
            "no connection to the Bedrock endpoint",
            "try again; look at DNS, routes, VPC endpoint and trusted certificates"),
    UPSTREAM_BROKEN(
            "upstream-broken",
            502,
            "ServiceUnavailableException",
            Source.UPSTREAM,
            "the upstream cut the answer or broke HTTP's rules",
            "try again; the request may have been carried out"),
    UPSTREAM_TIMEOUT(
            "upstream-timeout",
            504,
            "ModelTimeoutException",
            Source.UPSTREAM,
            "the upstream did not answer before timeouts.response-head, or fell silent for timeouts.stream-idle",
            "raise the timeout; the request may have been carried out");

    /** Who caused a failure. */
    public enum Source {
        /** The side that called us. */
        DOWNSTREAM,
        /** The proxy itself. */
        PROXY,
        /** STS or a credentials source. */
        CREDENTIALS,
        /** The Bedrock endpoint. */
        UPSTREAM
    }

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final String label;
    private final int status;
    private final String errorType;
    private final Source source;
    private final String when;
    private final String remedy;

    FailureKind(String label, int status, String errorType, Source source, String when, String remedy) {
        this.label = label;
        this.status = status;
        this.errorType = errorType;
        this.source = source;
        this.when = when;
        this.remedy = remedy;
    }

    /** The value of {@code x-bedrock-proxy-failure}, as in the documentation's table. */
    public String label() {
        return label;
    }

    /** The HTTP status of the local reply. */
    public int status() {
        return status;
    }

    /** The value of {@code x-amzn-errortype}, from which AWS SDKs choose an exception. */
    public String errorType() {
        return errorType;
    }

    /** Who caused it. */
    public Source source() {
        return source;
    }

    /** Whether the reply carries {@code Retry-After}: nothing was done, and the same request may pass a little later. */
    public boolean hasRetryAfter() {
        return status == SERVICE_UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    /** What has happened, for the documentation. */
    String when() {
        return when;
    }

    /** What helps, for the documentation. */
    String remedy() {
        return remedy;
    }
}
