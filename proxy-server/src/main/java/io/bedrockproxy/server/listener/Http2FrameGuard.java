package io.bedrockproxy.server.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Netty's codec does not limit on an HTTP/2 connection, seen on the bytes before it. A head has to be whole {@code
 * timeouts.head} after its first byte, however many CONTINUATION frames it comes in, and the first SETTINGS so long after
 * the preface: absolutely, as {@link HeadDeadline} does for HTTP/1. And frames that carry nothing of a request are
 * counted: SETTINGS, PING, PRIORITY, WINDOW_UPDATE, GOAWAY, those of unknown type, empty DATA. Within 30 seconds a
 * connection may send a thousand, and one more for each 64 bytes that it was sent: a client that takes in a stream of
 * small frames may open its windows after each. Either ends with GOAWAY, and with it the streams of the connection.
 *
 * <p>Who cannot be kept to that is not answered 408: a header block that has begun blocks all streams.
 */
final class Http2FrameGuard extends ChannelDuplexHandler {
    static final int MAX_BARE_FRAMES = 1000;
    static final int SENT_BYTES_PER_FRAME = 64;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Duration headTimeout;
    private final Http2FrameScanner frames;
    private @Nullable ScheduledFuture<?> deadline;

    /** The header block that the deadline is for, by its number; 0: the first SETTINGS. */
    private int armedFor;

    private long windowStart;
    private int bareFrames;
    private long sentBytes;
    private boolean ended;

    Http2FrameGuard(Duration headTimeout) {
        this.headTimeout = headTimeout;
        this.frames = new Http2FrameScanner();
    }

    /** The preface has been seen, or TLS has agreed on HTTP/2: SETTINGS are due. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        windowStart = ctx.executor().ticker().nanoTime();
        arm(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        disarm();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        disarm();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended) {
            ((ByteBuf) msg).release();
            return;
        }
        int bare = frames.scan((ByteBuf) msg);
        if (!frames.isInHead()) {
            disarm();
        } else if (deadline == null || armedFor != frames.begun()) {
            arm(ctx);
        }
        ctx.fireChannelRead(msg);
        if (bare > 0 && isTooMany(ctx, bare)) {
            end(ctx, "too many frames without a request");
        }
    }

    private boolean isTooMany(ChannelHandlerContext ctx, int more) {
        long now = ctx.executor().ticker().nanoTime();
        if (now - windowStart >= WINDOW_NANOS) {
            windowStart = now;
            bareFrames = 0;
            sentBytes = 0;
        }
        bareFrames += more;
        return bareFrames > MAX_BARE_FRAMES + sentBytes / SENT_BYTES_PER_FRAME;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof ByteBuf bytes) {
            sentBytes += bytes.readableBytes();
        }
        ctx.write(msg, promise);
    }

    private void arm(ChannelHandlerContext ctx) {
        disarm();
        armedFor = frames.begun();
        deadline = ctx.executor()
                .schedule(() -> end(ctx, "a head did not arrive in time"), headTimeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** The codec says GOAWAY, and closes when it has left. */
    private void end(ChannelHandlerContext ctx, String why) {
        ended = true;
        disarm();
        ChannelHandlerContext codec = ctx.pipeline().context(Http2ConnectionHandler.class);
        if (codec == null) {
            ctx.close();
        } else {
            ((Http2ConnectionHandler) codec.handler())
                    .onError(codec, false, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, why));
        }
    }
}
