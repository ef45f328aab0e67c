package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.AuthenticationPenalty;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureBody;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.relay.Downstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A response that the proxy writes without asking the upstream: shaped like AWS's own, so that SDKs raise the right
 * exception, and marked with {@code x-bedrock-proxy-failure}, so that people can tell them apart.
 */
public final class LocalReply {
    private static final String FAILURE_HEADER = "x-bedrock-proxy-failure";
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String FORGIVEN_SECONDS = Long.toString(AuthenticationPenalty.FORGIVEN_EVERY.toSeconds());
    private static final String GREETING =
            "{\"product\":\"bedrock-sigv4-proxy\",\"version\":\"" + ProductVersion.get() + "\"}";

    private LocalReply() {}

    /** For guards in front of an exchange: says that the connection closes, which the caller then has to do. */
    public static FullHttpResponse closing(Failure failure, ErrorShape shape, InstantSource clock) {
        FullHttpResponse response = of(failure, shape, requestId(), clock);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** Whether {@code message} is a 1xx response, behind which the real one is still to come. */
    public static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    static FullHttpResponse continueResponse() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** Writes and flushes the whole reply, and tells the record what it said. */
    static void write(
            Downstream downstream,
            Failure failure,
            ErrorShape shape,
            @Nullable String allow,
            ExchangeRecord record,
            InstantSource clock) {
        if (failure.kind() == FailureKind.BODY_TOO_LARGE) {
            // Its rest may be without end; taking it in only to keep the connection is not worth it.
            downstream.closeAfterwards();
        }
        String requestId = requestId();
        FullHttpResponse response = of(failure, shape, requestId, clock);
        if (allow != null) {
            response.headers().set(HttpHeaderNames.ALLOW, allow);
        }
        send(downstream, response, requestId, record);
    }

    /** Says what answers here, and nothing that depends on who asks. */
    static void greet(Downstream downstream, ExchangeRecord record, InstantSource clock) {
        String requestId = requestId();
        send(downstream, json(HttpResponseStatus.OK, GREETING, requestId, clock), requestId, record);
    }

    private static void send(
            Downstream downstream, FullHttpResponse response, String requestId, ExchangeRecord record) {
        downstream.tellConnection(response.headers());
        record.responseHead(response.status().code(), requestId);
        if (downstream.isHead()) {
            // Its length is told, but a body would be taken for the beginning of the next response.
            response.content().clear();
        }
        record.addResponseBytes(response.content().readableBytes());
        downstream.finish(response);
    }

    private static FullHttpResponse of(Failure failure, ErrorShape shape, String requestId, InstantSource clock) {
        FailureKind kind = failure.kind();
        FullHttpResponse response =
                json(HttpResponseStatus.valueOf(kind.status()), FailureBody.json(failure, shape), requestId, clock);
        HttpHeaders headers =
                response.headers().set("x-amzn-errortype", kind.errorType()).set(FAILURE_HEADER, kind.label());
        if (kind == FailureKind.UNAUTHENTICATED) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (kind.hasRetryAfter()) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    kind == FailureKind.TOO_MANY_FAILURES ? FORGIVEN_SECONDS : RETRY_AFTER_SECONDS);
        }
        return response;
    }

    private static FullHttpResponse json(
            HttpResponseStatus status, String text, String requestId, InstantSource clock) {
        ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())))
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set("x-amzn-requestid", requestId);
        return response;
    }

    /** Unique is enough: it names a reply in two logs and protects nothing. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
