package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.AuthDecision;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.body.BodyModel;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.header.ForwardedHeaders;
import io.bedrockproxy.core.header.RequestHeaderPolicy;
import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.route.ArnRegion;
import io.bedrockproxy.core.route.ErrorShapes;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.route.RouteResult;
import io.bedrockproxy.core.route.Router;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.relay.NettyHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private static final Set<HttpMethod> GREETED = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Authenticator authenticator;
    private final Router router;
    private final RequestHeaderPolicy headerPolicy;
    private final Map<String, ClientContext> clients;

    /** What became of a head. */
    sealed interface Verdict permits Passed, Refused, Greeted {}

    /** The body may come. */
    sealed interface Passed extends Verdict permits Admitted, Unproven {
        /** As announced; 0 when it was not. */
        long contentLength();

        /** False for an operation that has no body. */
        boolean takesBody();

        /** The key of the body that names the model; null when there is none, or it is not known yet. */
        @Nullable
        String modelKey();

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

    /** Somebody looks whether anybody is here: the proxy says what it is, whoever asks. */
    record Greeted() implements Verdict {}

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
    Verdict admit(HttpRequest head, ExchangeRecord record, InstantSource clock) {
        if (head.uri().equals("/") && GREETED.contains(head.method())) {
            return new Greeted();
        }
        AuthDecision decision = authenticator.authenticate(
                head.method().name(), head.uri(), new NettyHeaders(head.headers()), clock.instant());
        return decision instanceof AuthDecision.Unproven unproven
                ? new Unproven(head, unproven.signature())
                : admit(decision, head, record);
    }

    /**
     * Judges what could not be judged by the head, now that the body is complete: what the client has signed, and the model
     * that the body names. {@link Admitted} or {@link Refused}.
     */
    Verdict onBody(Passed before, PayloadHash hash, RequestBody body, ExchangeRecord record) {
        Verdict verdict = before instanceof Unproven unproven
                ? admit(unproven.signature().prove(hash), unproven.head(), record)
                : before;
        if (!(verdict instanceof Admitted admitted)) {
            return verdict;
        }
        PayloadHash signed = admitted.signedBody();
        Failure wrong = signed == null || signed.equals(hash)
                ? null
                : AuthDecision.otherBody().failure();
        wrong = wrong == null && body.receivedBytes() > 0 && !admitted.takesBody() ? RequestBody.notTaken() : wrong;
        String modelKey = admitted.modelKey();
        if (wrong != null) {
            return new Refused(wrong, admitted.errorShape(), null);
        }
        return modelKey == null ? admitted : admitModel(admitted, body.model(modelKey), record);
    }

    private Verdict admit(AuthDecision decision, HttpRequest head, ExchangeRecord record) {
        if (decision instanceof AuthDecision.Denied denied) {
            return new Refused(denied.failure(), ErrorShapes.of(head.uri()), null);
        }
        HeaderView headers = new NettyHeaders(head.headers());
        AuthDecision.Granted granted = (AuthDecision.Granted) decision;
        record.client(granted.client().name());
        if (granted.secret().isInQuery(head.uri())) {
            return new Refused(SECRET_IN_QUERY, ErrorShapes.of(head.uri()), null);
        }
        RouteResult result = router.route(head.method().name(), head.uri());
        if (result instanceof RouteResult.Refused refused) {
            return new Refused(refused.failure(), ErrorShapes.of(head.uri()), refused.allow());
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
        ErrorShape shape = route.surface().errorShape();
        Upstream upstream = route.surface().upstream();
        String arnRegion = route.arnRegion();
        Endpoint endpoint = client.endpoint(upstream, arnRegion);
        record.route(route.operation().name(), route.modelId(), region(client, upstream, endpoint));
        Failure forbidden = Permissions.denial(granted.client(), route);
        if (forbidden == null && endpoint == null) {
            forbidden = client.wrongRegion(upstream, Objects.requireNonNull(arnRegion));
        }
        if (forbidden != null || endpoint == null) {
            return new Refused(Objects.requireNonNull(forbidden), shape, null);
        }
        ForwardedHeaders forwarded = headerPolicy.apply(headers, route, granted.secret());
        if (forwarded instanceof ForwardedHeaders.Refused refused) {
            return new Refused(refused.failure(), shape, null);
        }
        ForwardedHeaders.Passed passed = (ForwardedHeaders.Passed) forwarded;
        return new Admitted(
                granted.client(),
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

    /** By the same rules as a model of the path. */
    static Verdict admitModel(Admitted head, BodyModel model, ExchangeRecord record) {
        Route route = head.route();
        String id = model instanceof BodyModel.Named named ? named.id() : null;
        String arnRegion = id == null ? null : ArnRegion.of(id);
        Upstream upstream = route.surface().upstream();
        Endpoint endpoint = head.client().endpoint(upstream, arnRegion);
        record.route(route.operation().name(), id, region(head.client(), upstream, endpoint));
        Failure forbidden = Permissions.denial(head.caller(), model);
        if (forbidden == null && endpoint != null) {
            return head.to(endpoint);
        }
        return new Refused(
                forbidden == null ? head.client().wrongRegion(upstream, Objects.requireNonNull(arnRegion)) : forbidden,
                route.surface().errorShape(),
                null);
    }

    /** For the log, which is not to have regions of a client's making. */
    private static String region(ClientContext client, Upstream upstream, @Nullable Endpoint endpoint) {
        return (endpoint == null ? client.endpoint(upstream) : endpoint).signingRegion();
    }
}
