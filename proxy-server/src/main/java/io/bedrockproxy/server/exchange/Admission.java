package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.AuthDecision;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.header.ForwardedHeaders;
import io.bedrockproxy.core.header.RequestHeaderPolicy;
import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.relay.NettyHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges the head of a request: who is calling, for which operation, whether the client's rules allow it, and what of
 * the head travels on. The order is the point: nothing is told about paths or rules to somebody without a secret.
 * Immutable and safe from any thread.
 */
public final class Admission {
    /** Refused before the record hears of the path: neither AWS nor a log is to see a secret. */
    private static final Failure SECRET_IN_PATH =
            Failure.of(FailureKind.BAD_REQUEST, "The path holds the secret, which belongs in a header.");

    private static final Failure SECRET_IN_QUERY =
            Failure.of(FailureKind.BAD_REQUEST, "The query holds the secret, which belongs in a header.");

    private final Authenticator authenticator;
    private final Router router;
    private final RequestHeaderPolicy headerPolicy;
    private final Map<String, ClientContext> clients;

    /** What became of a head. */
    sealed interface Verdict permits Passed, Refused {}

    /** The body may come. */
    sealed interface Passed extends Verdict permits Admitted, Unproven {
        /** As announced; 0 when it was not. */
        long contentLength();

        /** False for an operation that has no body. */
        boolean takesBody();

        /** Whether the client waits for an interim response before it sends the body. */
        boolean expectsContinue();

        /** The error body that the client understands. */
        ErrorShape errorShape();
    }

    /**
     * It ends here.
     *
     * @param failure why
     * @param shape the error body that the client understands
     * @param allow for a 405; else null
     */
    record Refused(
            Failure failure, ErrorShape shape, @Nullable String allow) implements Verdict {}

    /** @param clients by name; one for each client that the authenticator knows */
    public Admission(
            Authenticator authenticator,
            Router router,
            RequestHeaderPolicy headerPolicy,
            Map<String, ClientContext> clients) {
        this.authenticator = authenticator;
        this.router = router;
        this.headerPolicy = headerPolicy;
        this.clients = Map.copyOf(clients);
    }

    /** Judges, and notes in {@code record} what became known. */
    Verdict admit(HttpRequest head, ExchangeRecord record, Instant now) {
        AuthDecision decision =
                authenticator.authenticate(head.method().name(), head.uri(), new NettyHeaders(head.headers()), now);
        return decision instanceof AuthDecision.Unproven unproven
                ? new Unproven(head, unproven.signature())
                : admit(decision, head, record);
    }

    /**
     * The last word on what the client has signed, now that the body is complete; what came with a bearer secret passes as
     * it is. Never {@link Unproven}.
     */
    Verdict onBody(Passed before, PayloadHash body, long bodyBytes, ExchangeRecord record) {
        Verdict verdict = before instanceof Unproven unproven
                ? admit(unproven.signature().prove(body), unproven.head(), record)
                : before;
        if (verdict instanceof Admitted admitted) {
            PayloadHash signed = admitted.signedBody();
            Failure wrong = signed == null || signed.equals(body)
                    ? null
                    : AuthDecision.otherBody().failure();
            wrong = wrong == null && bodyBytes > 0 && !admitted.takesBody() ? RequestBody.notTaken() : wrong;
            return wrong == null ? admitted : new Refused(wrong, admitted.errorShape(), null);
        }
        return verdict;
    }

    private Verdict admit(AuthDecision decision, HttpRequest head, ExchangeRecord record) {
        if (decision instanceof AuthDecision.Denied denied) {
            return new Refused(denied.failure(), ErrorShape.AWS, null);
        }
        HeaderView headers = new NettyHeaders(head.headers());
        AuthDecision.Granted granted = (AuthDecision.Granted) decision;
        record.client(granted.client().name());
        if (granted.secret().isInQuery(head.uri())) {
            return new Refused(SECRET_IN_QUERY, ErrorShape.AWS, null);
        }
        RouteResult result = router.route(head.method().name(), head.uri());
        if (result instanceof RouteResult.Refused refused) {
            return new Refused(refused.failure(), ErrorShape.AWS, refused.allow());
        }
        Route route = ((RouteResult.Matched) result).route();
        if (granted.secret().isInPath(route.path())) {
            return new Refused(SECRET_IN_PATH, route.surface().errorShape(), null);
        }
        return admit(head, headers, granted, route, record);
    }

    private Verdict admit(
            HttpRequest head, HeaderView headers, AuthDecision.Granted granted, Route route, ExchangeRecord record) {
        ClientContext client =
                Objects.requireNonNull(clients.get(granted.client().name()), "client");
        Endpoint endpoint = client.endpoint(route.surface().upstream());
        record.route(route.operation().name(), route.modelId(), endpoint.signingRegion());
        ErrorShape shape = route.surface().errorShape();
        Failure forbidden = forbidden(granted.client(), route);
        if (forbidden != null) {
            return new Refused(forbidden, shape, null);
        }
        ForwardedHeaders forwarded = headerPolicy.apply(headers, route, granted.secret());
        if (forwarded instanceof ForwardedHeaders.Refused refused) {
            return new Refused(refused.failure(), shape, null);
        }
        ForwardedHeaders.Passed passed = (ForwardedHeaders.Passed) forwarded;
        return new Admitted(
                client,
                route,
                endpoint,
                passed.headers(),
                passed.wantsServerSentEvents(),
                HttpUtil.getContentLength(head, 0L),
                expectsContinue(head),
                granted.signedBody());
    }

    static boolean expectsContinue(HttpRequest head) {
        return HttpUtil.is100ContinueExpected(head) && !head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private static @Nullable Failure forbidden(Client client, Route route) {
        if (!client.operations()
                .allows(route.operation().name(), route.operation().group())) {
            return Failure.of(
                    FailureKind.FORBIDDEN_OPERATION,
                    "The client may not use the operation " + route.operation().name() + ".");
        }
        String modelId = route.modelId();
        if (modelId != null && !client.models().allows(modelId)) {
            return Failure.of(FailureKind.FORBIDDEN_MODEL, "The client may not use the model " + modelId + ".");
        }
        return null;
    }
}
