package io.bedrockproxy.server.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
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

/** Answers {@code GET} and {@code HEAD} of {@code /livez} and {@code /readyz}, and {@code /quit}; one request per connection. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String PROBES = "GET, HEAD";

    private final Supplier<Readiness> readiness;
    private final QuitSwitch quit;

    AdminHandler(Supplier<Readiness> readiness, QuitSwitch quit) {
        this.readiness = readiness;
        this.quit = quit;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (request.decoderResult().isFailure()) {
            answer(ctx, HttpResponseStatus.BAD_REQUEST, "malformed request\n", "text/plain", false);
        } else if (request.uri().equals(QuitSwitch.PATH) && quit.isFor(ctx.channel())) {
            quit(ctx, request, head);
        } else if (!head && !request.method().equals(HttpMethod.GET)) {
            notAllowed(ctx, PROBES, "only GET and HEAD\n", false);
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

    private void quit(ChannelHandlerContext ctx, FullHttpRequest request, boolean head) {
        if (!request.method().equals(HttpMethod.POST)) {
            notAllowed(ctx, HttpMethod.POST.name(), "only POST\n", head);
        } else if (QuitSwitch.isFromAPage(request.headers())) {
            answer(ctx, HttpResponseStatus.FORBIDDEN, "not for web pages\n", "text/plain", false);
        } else {
            // After the answer: the end of the drain closes this connection too.
            answer(ctx, HttpResponseStatus.OK, "draining\n", "text/plain", false)
                    .addListener(written -> quit.begin().run());
        }
    }

    private static void notAllowed(ChannelHandlerContext ctx, String allowed, String body, boolean head) {
        FullHttpResponse response = response(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, body, "text/plain", head);
        response.headers().set(HttpHeaderNames.ALLOW, allowed);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static ChannelFuture answer(
            ChannelHandlerContext ctx, HttpResponseStatus status, String body, String type, boolean head) {
        return ctx.writeAndFlush(response(ctx, status, body, type, head)).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(
            ChannelHandlerContext ctx, HttpResponseStatus status, String body, String type, boolean head) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), head ? "" : body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, ByteBufUtil.utf8Bytes(body))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
