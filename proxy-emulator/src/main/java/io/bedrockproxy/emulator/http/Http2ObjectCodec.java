package io.bedrockproxy.emulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows an HTTP/2 stream as HTTP objects. Netty's own adapter adds headers of its own to requests; here what is
 * recorded and verified has to be what was received.
 */
final class Http2ObjectCodec extends MessageToMessageCodec<Http2StreamFrame, HttpObject> {
    Http2ObjectCodec() {
        super(Http2StreamFrame.class, HttpObject.class);
    }

    @Override
    public boolean acceptInboundMessage(Object message) {
        return message instanceof Http2HeadersFrame || message instanceof Http2DataFrame;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Http2StreamFrame frame, List<Object> out) {
        if (frame instanceof Http2DataFrame data) {
            out.add(
                    data.isEndStream()
                            ? new DefaultLastHttpContent(data.content().retain())
                            : new DefaultHttpContent(data.content().retain()));
            return;
        }
        Http2HeadersFrame head = (Http2HeadersFrame) frame;
        if (head.headers().method() != null) {
            out.add(request(head.headers()));
        }
        if (head.isEndStream()) {
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private static HttpObject request(Http2Headers headers) {
        DefaultHttpRequest request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(headers.method().toString()), String.valueOf(headers.path()));
        HttpHeaders fields = request.headers();
        if (headers.authority() != null) {
            fields.add(HttpHeaderNames.HOST, headers.authority());
        }
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            if (!Http2Headers.PseudoHeaderName.isPseudoHeader(header.getKey())) {
                fields.add(header.getKey(), header.getValue());
            }
        }
        return request;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, HttpObject message, List<Object> out) {
        if (message instanceof HttpResponse response) {
            out.add(new DefaultHttp2HeadersFrame(headers(response), false));
        }
        if (message instanceof HttpContent content) {
            boolean last = content instanceof LastHttpContent;
            if (last || content.content().isReadable()) {
                out.add(new DefaultHttp2DataFrame(content.content().retain(), last));
            }
        }
    }

    private static Http2Headers headers(HttpResponse response) {
        Http2Headers headers =
                new DefaultHttp2Headers().status(response.status().codeAsText());
        for (Map.Entry<String, String> field : response.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("connection") && !name.equals("transfer-encoding")) {
                headers.add(name, field.getValue());
            }
        }
        return headers;
    }
}
