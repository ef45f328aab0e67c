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
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.relay.NettyHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
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
    private static final Failure SECRET_IN_TARGET =
            Failure.of(FailureKind.BAD_REQUEST, "The path or the query holds the secret, which belongs in a header.");

    private static final Set<HttpMethod> GREETED = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Authenticator authenticator;
    private final Router router;
    private final RequestHeaderPolicy headerPolicy;
    private final Map<String, ClientContext> clients;

    /** What became of a head. */
    sealed interface Verdict permits Admitted, Refused, Greeted {}

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
    Verdict admit(HttpRequest head, ExchangeRecord record, Instant now) {
        if (head.uri().equals("/") && GREETED.contains(head.method())) {
            return new Greeted();
        }
        HeaderView headers = new NettyHeaders(head.headers());
        AuthDecision decision = authenticator.authenticate(headers, now);
        if (decision instanceof AuthDecision.Denied denied) {
            return new Refused(denied.failure(), ErrorShapes.of(head.uri()), null);
        }
        AuthDecision.Granted granted = (AuthDecision.Granted) decision;
        record.client(granted.client().name());
        RouteResult result = router.route(head.method().name(), head.uri());
        if (result instanceof RouteResult.Refused refused) {
            return new Refused(refused.failure(), ErrorShapes.of(head.uri()), refused.allow());
        }
        Route route = ((RouteResult.Matched) result).route();
        if (granted.secret().isInPath(route.path()) || granted.secret().isInPath(route.query())) {
            return new Refused(SECRET_IN_TARGET, route.surface().errorShape(), null);
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
                HttpUtil.is100ContinueExpected(head) && !head.protocolVersion().equals(HttpVersion.HTTP_1_0));
    }

    /**
     * Judges what could not be judged by the head: the model that the body names, by the same rules.
     *
     * @param model what the body says; null where a body says nothing of models
     */
    Verdict admitBody(Admitted head, @Nullable BodyModel model, ExchangeRecord record) {
        if (model == null) {
            return head;
        }
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
