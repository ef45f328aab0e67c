package io.bedrockproxy.server.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Supplier;

/** Answers {@code GET} and {@code HEAD} of {@code /livez} and {@code /readyz}; one request per connection. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Supplier<Readiness> readiness;

    AdminHandler(Supplier<Readiness> readiness) {
        this.readiness = readiness;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (request.decoderResult().isFailure()) {
            answer(ctx, HttpResponseStatus.BAD_REQUEST, "malformed request\n", "text/plain", false);
        } else if (!head && !request.method().equals(HttpMethod.GET)) {
            answer(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD\n", "text/plain", false);
        } else if (request.uri().equals("/livez")) {
            answer(ctx, HttpResponseStatus.OK, "alive\n", "text/plain", head);
        } else if (request.uri().equals("/readyz")) {
            Readiness now = readiness.get();
            HttpResponseStatus status = now.isReady() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
            answer(ctx, status, ReadinessJson.write(now), "application/json", head);
        } else {
            answer(ctx, HttpResponseStatus.NOT_FOUND, "here are /livez and /readyz\n", "text/plain", head);
        }
    }

    private static void answer(
            ChannelHandlerContext ctx, HttpResponseStatus status, String body, String type, boolean head) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), head ? "" : body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, ByteBufUtil.utf8Bytes(body))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
