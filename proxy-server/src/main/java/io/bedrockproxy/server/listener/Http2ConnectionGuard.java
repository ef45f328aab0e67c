package io.bedrockproxy.server.listener;

import io.bedrockproxy.server.exchange.DrainEvent;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after an HTTP/2 connection as a whole: widens its receive window, closes it when it has no stream for too long,
 * and says GOAWAY on drain. A GOAWAY from the client is only noted: it means no new streams, and the open ones run to
 * their end (RFC 9113 section 6.8); the AWS SDK for JavaScript sends one behind every response head.
 */
final class Http2ConnectionGuard extends ChannelInboundHandlerAdapter {
    /** Lets several uploads make progress side by side; streams keep their own 64 KiB. */
    private static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;

    private final Http2FrameCodec codec;
    private final Duration keepAlive;
    private @Nullable ScheduledFuture<?> idleCheck;
    private boolean wasIdle;
    private boolean draining;

    Http2ConnectionGuard(Http2FrameCodec codec, Duration keepAlive) {
        this.codec = codec;
        this.keepAlive = keepAlive;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        Http2Connection connection = codec.connection();
        int now = connection.local().flowController().windowSize(connection.connectionStream());
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES - now);
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamAdded(Http2Stream stream) {
                wasIdle = false;
            }

            @Override
            public void onStreamRemoved(Http2Stream stream) {
                // Not from within the codec, which is in the middle of a frame.
                ctx.executor().execute(() -> closeIfDrained(ctx));
            }
        });
        idleCheck = ctx.executor()
                .scheduleAtFixedRate(
                        () -> checkIdle(ctx), keepAlive.toNanos(), keepAlive.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
    }

    private void checkIdle(ChannelHandlerContext ctx) {
        boolean idle = codec.connection().numActiveStreams() == 0;
        if (idle && wasIdle) {
            goAway(ctx).addListener(ChannelFutureListener.CLOSE);
        }
        wasIdle = idle;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        wasIdle = false;
        // Connection frames that the codec has already acted on: SETTINGS, GOAWAY, PING.
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.DRAIN) {
            draining = true;
            goAway(ctx);
            closeIfDrained(ctx);
        }
        ReferenceCountUtil.release(event);
    }

    private void closeIfDrained(ChannelHandlerContext ctx) {
        if (draining && codec.connection().numActiveStreams() == 0) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** An I/O error or a breach of the protocol: the codec has said what there is to say. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static io.netty.channel.ChannelFuture goAway(ChannelHandlerContext ctx) {
        return ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
}
