package io.bedrockproxy.server.exchange;

import io.bedrockproxy.server.relay.Downstream;
import io.bedrockproxy.server.relay.Http1Downstream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exchanges of an HTTP/1 connection, one after the other. */
public final class Http1ExchangeHandler extends ExchangeHandler {
    private @Nullable Http1Downstream downstream;

    /** A request that the client sent without waiting for the response before it; nothing is read behind it. */
    private @Nullable HttpRequest pipelined;

    private boolean draining;

    /**
     * For one connection.
     *
     * @param current what an exchange that begins now works with
     */
    public Http1ExchangeHandler(Supplier<ExchangeServices> current) {
        super(current);
    }

    @Override
    Downstream newDownstream(ChannelHandlerContext ctx, HttpRequest request, ExchangeServices services) {
        Http1Downstream created = new Http1Downstream(ctx, request);
        if (draining) {
            created.closeAfterwards();
        }
        downstream = created;
        return created;
    }

    @Override
    void onEarlyRequest(ChannelHandlerContext ctx, HttpRequest request) {
        pipelined = request;
    }

    @Override
    void onExchangeEnd(ChannelHandlerContext ctx, boolean requestIsRead) {
        boolean closes = downstream == null || downstream.closesAfterwards();
        if (closes && (!requestIsRead || pipelined != null)) {
            LingeringClose.after(ctx.writeAndFlush(Unpooled.EMPTY_BUFFER));
        } else if (!requestIsRead) {
            // The reply left before the request was in. Its rest is dropped, here and in onLateRequestEnd.
            ctx.read();
        } else if (closes) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (pipelined != null) {
            HttpRequest next = pipelined;
            pipelined = null;
            begin(ctx, next);
            awaitRest();
        }
    }

    @Override
    void onLateRequestEnd(ChannelHandlerContext ctx) {
        if (downstream == null || downstream.closesAfterwards()) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.read();
        }
    }

    @Override
    void close(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            // close_notify is TLS's FIN, and may come without one.
            onGone();
            ctx.close();
        }
        if (event == DrainEvent.DRAIN) {
            draining = true;
            if (isIdle()) {
                ctx.close();
            } else if (downstream != null) {
                downstream.closeAfterwards();
            }
        }
        ctx.fireUserEventTriggered(event);
    }
}
