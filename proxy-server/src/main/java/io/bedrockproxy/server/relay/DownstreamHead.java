package io.bedrockproxy.server.relay;

import io.bedrockproxy.core.header.ResponseHeaderPolicy;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response as it goes down, and how its body is to be treated.
 *
 * @param message status and headers, framed for the downstream
 * @param isEventStream the body is a native event stream
 * @param isServerSentEvents it is to be rewritten
 */
public record DownstreamHead(HttpResponse message, boolean isEventStream, boolean isServerSentEvents) {
    private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
    private static final String SERVER_SENT_EVENTS = "text/event-stream; charset=utf-8";

    /**
     * Frames the upstream's head for the downstream. An event stream never keeps its {@code Content-Length}, as the
     * proxy may have to append an exception frame; any other body keeps it, which is how its end is proved.
     */
    public static DownstreamHead of(
            HttpResponse upstream, Downstream downstream, ResponseHeaderPolicy policy, boolean wantsServerSentEvents) {
        HttpResponse message = new DefaultHttpResponse(HttpVersion.HTTP_1_1, upstream.status());
        HttpHeaders headers = message.headers();
        policy.copy(new NettyHeaders(upstream.headers()), headers::add);
        boolean eventStream = isEventStream(upstream.headers().get(HttpHeaderNames.CONTENT_TYPE));
        boolean rewritten = eventStream && wantsServerSentEvents;
        if (rewritten) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, SERVER_SENT_EVENTS)
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        }
        frame(upstream, headers, downstream, eventStream);
        return new DownstreamHead(message, eventStream, rewritten);
    }

    private static void frame(HttpResponse upstream, HttpHeaders headers, Downstream downstream, boolean eventStream) {
        String length = upstream.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        boolean bodiless = upstream.status().equals(HttpResponseStatus.NO_CONTENT)
                || upstream.status().equals(HttpResponseStatus.NOT_MODIFIED);
        if (length != null && !eventStream) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (!bodiless && downstream.canFrameUnknownLength()) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (!bodiless) {
            downstream.closeAfterwards();
        }
        downstream.tellConnection(headers);
    }

    private static boolean isEventStream(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }

    BodyFilter newFilter(ByteBufAllocator allocator) {
        if (isServerSentEvents) {
            return new ServerSentEventsFilter(allocator);
        }
        return isEventStream ? new EventStreamFilter() : new PlainFilter();
    }
}
