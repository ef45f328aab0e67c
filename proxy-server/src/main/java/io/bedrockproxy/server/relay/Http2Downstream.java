package io.bedrockproxy.server.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 stream: a channel of its own that ends with the exchange. */
public final class Http2Downstream extends Downstream {
    /** Set when the last part was written. */
    private @Nullable ChannelFuture finished;

    /** For the stream that {@code ctx} belongs to and that {@code request} begins. */
    public Http2Downstream(ChannelHandlerContext ctx, HttpRequest request) {
        super(ctx, request);
    }

    @Override
    public String protocol() {
        return "HTTP/2";
    }

    @Override
    public boolean canFrameUnknownLength() {
        return true;
    }

    @Override
    public boolean closesAfterwards() {
        return false;
    }

    @Override
    public void tellConnection(HttpHeaders responseHeaders) {
        // Only GOAWAY does.
    }

    @Override
    public void closeAfterwards() {
        // A stream never outlives its exchange, and the connection's fate is not this stream's business.
    }

    @Override
    public void finish(HttpObject last) {
        finished = ctx().writeAndFlush(last);
    }

    /** Runs {@code action} when the last part has left, however flow control delays it. */
    public void afterFinish(Runnable action) {
        if (finished != null) {
            finished.addListener(sent -> action.run());
        }
    }

    /**
     * Resets the stream if the last part has not left within {@code limit}: else a client that opens no window would
     * keep it for ever, at no cost.
     */
    public void limitFinish(Duration limit) {
        ChannelFuture finishing = finished;
        if (finishing != null && !finishing.isDone()) {
            ScheduledFuture<?> timer = eventLoop().schedule(this::abort, limit.toNanos(), TimeUnit.NANOSECONDS);
            finishing.addListener(sent -> timer.cancel(false));
        }
    }

    /**
     * RST_STREAM: a client never takes it for an end (RFC 9113 section 8.1). It drops what still waits, so what may
     * leave leaves before.
     */
    @Override
    public void abort() {
        flush();
        ctx().channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    }
}
