package io.bedrockproxy.server.exchange;

import io.bedrockproxy.server.relay.Downstream;
import io.bedrockproxy.server.relay.Http2Downstream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one exchange of an HTTP/2 stream. */
public final class Http2ExchangeHandler extends ExchangeHandler {
    /** How long the rest of a request that was answered early may still come in, and is dropped. */
    private static final Duration UPLOAD_GRACE = Duration.ofSeconds(1);

    private Duration finishLimit = Duration.ZERO;
    private @Nullable Http2Downstream downstream;

    /**
     * For one stream.
     *
     * @param current what an exchange that begins now works with
     */
    public Http2ExchangeHandler(Supplier<ExchangeServices> current) {
        super(current);
    }

    @Override
    Downstream newDownstream(ChannelHandlerContext ctx, HttpRequest request, ExchangeServices services) {
        Http2Downstream created = new Http2Downstream(ctx, request);
        downstream = created;
        finishLimit = services.relayConfig().streamIdle();
        return created;
    }

    /** Trailers never begin a request (RFC 9113 section 8.1), so this cannot be one. */
    @Override
    void onEarlyRequest(ChannelHandlerContext ctx, HttpRequest request) {
        ReferenceCountUtil.release(request);
        ctx.channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
    }

    /**
     * A reply that did not wait for the request: when it has left and the rest of the request has not come in within a
     * second, NO_ERROR asks the client to stop its upload (RFC 9113 section 8.1). Not before it has left, as a reset also
     * drops what still waits to be sent; and not at once, because most requests end by themselves and peers count resets.
     */
    @Override
    void onExchangeEnd(ChannelHandlerContext ctx, boolean requestIsRead) {
        if (downstream == null) {
            return;
        }
        downstream.limitFinish(finishLimit);
        if (!requestIsRead) {
            downstream.afterFinish(() ->
                    ctx.executor().schedule(() -> stopUpload(ctx), UPLOAD_GRACE.toMillis(), TimeUnit.MILLISECONDS));
            ctx.read();
        }
    }

    private void stopUpload(ChannelHandlerContext ctx) {
        if (!isIdle() && ctx.channel().isActive()) {
            ctx.channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
    }

    @Override
    void onLateRequestEnd(ChannelHandlerContext ctx) {
        // The stream has ended on both sides and closes by itself.
    }

    /** A breach of the protocol is called by its name, everything else is CANCEL. */
    @Override
    void close(ChannelHandlerContext ctx, Throwable cause) {
        Http2Exception breach = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
        if (breach != null && ctx.channel().isActive()) {
            ctx.channel().writeAndFlush(new DefaultHttp2ResetFrame(breach.error()));
        }
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            onGone();
        }
        ReferenceCountUtil.release(event);
    }
}
