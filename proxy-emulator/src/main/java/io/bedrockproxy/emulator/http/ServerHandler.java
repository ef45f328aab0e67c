package io.bedrockproxy.emulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last in the pipeline of an HTTP/1 connection or an HTTP/2 stream: collects one request, asks the service, lets an
 * {@link AnswerWriter} send the answer. Reading goes on meanwhile, or a client that goes away would not be noticed;
 * a pipelined request waits and stops the reading.
 */
final class ServerHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ServerHandler.class);

    private final ServerContext server;
    private final boolean http2;
    private final Queue<HttpObject> pipelined = new ArrayDeque<>();
    private @Nullable IncomingRequest incoming;
    private @Nullable AnswerWriter writer;
    private Framing framing = Framing.HTTP_2;

    ServerHandler(ServerContext server, boolean http2) {
        this.server = server;
        this.http2 = http2;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpObject object) {
            if (writer == null) {
                accept(ctx, object);
            } else {
                pipelined.add(object);
                ctx.channel().config().setAutoRead(false);
            }
        } else {
            ReferenceCountUtil.release(message); // not part of a message
        }
    }

    private void accept(ChannelHandlerContext ctx, HttpObject message) {
        try {
            if (message.decoderResult().isFailure()) {
                refuse(ctx, HttpResponseStatus.BAD_REQUEST);
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (message instanceof HttpContent content && incoming != null) {
                collect(ctx, incoming, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        framing = http2 ? Framing.HTTP_2 : Framing.http1(request);
        long announced = HttpUtil.getContentLength(request, 0L);
        if (announced > server.maxBodyBytes()) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        if (!http2 && HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        incoming = new IncomingRequest(head(request), server.scanner(), (int) announced);
    }

    private RequestHead head(HttpRequest request) {
        List<HttpField> headers = request.headers().entries().stream()
                .map(entry -> new HttpField(entry.getKey(), entry.getValue()))
                .toList();
        return new RequestHead(
                http2 ? "h2" : request.protocolVersion().text().toUpperCase(Locale.ROOT),
                server.isTls(),
                request.method().name(),
                request.uri(),
                headers,
                server.nanos().getAsLong());
    }

    private void collect(ChannelHandlerContext ctx, IncomingRequest request, HttpContent content) {
        if (request.bodyBytes() + (long) content.content().readableBytes() > server.maxBodyBytes()) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        request.add(content.content());
        if (content instanceof LastHttpContent) {
            incoming = null;
            Answer answer = server.service().answer(request.finish());
            AnswerWriter started = new AnswerWriter(ctx, answer, framing, () -> next(ctx));
            writer = started;
            started.start();
        }
    }

    /** The answer is out: on with the requests that came meanwhile. */
    private void next(ChannelHandlerContext ctx) {
        writer = null;
        if (!framing.keepAlive() || !ctx.channel().isActive()) {
            return;
        }
        while (writer == null && !pipelined.isEmpty()) {
            accept(ctx, pipelined.remove());
        }
        if (pipelined.isEmpty()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        incoming = null;
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (writer != null) {
            writer.pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        incoming = null;
        if (writer != null) {
            writer.peerGone();
        }
        pipelined.forEach(ReferenceCountUtil::release);
        pipelined.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("Connection closed by its peer or unreadable", cause);
        } else {
            LOG.warn("Connection closed by an unexpected failure", cause);
        }
        ctx.close();
    }
}
