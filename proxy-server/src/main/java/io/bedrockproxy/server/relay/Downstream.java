package io.bedrockproxy.server.relay;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The side that called us, as one exchange sees it: the same calls for HTTP/1.0, HTTP/1.1 and an HTTP/2 stream. */
public abstract sealed class Downstream permits Http1Downstream, Http2Downstream {
    private final ChannelHandlerContext ctx;
    private final boolean isHead;

    Downstream(ChannelHandlerContext ctx, HttpRequest request) {
        this.ctx = ctx;
        this.isHead = request.method().equals(HttpMethod.HEAD);
    }

    /** Whether the answer has no body, whatever its head says. */
    public final boolean isHead() {
        return isHead;
    }

    final ChannelHandlerContext ctx() {
        return ctx;
    }

    /** The event loop of the exchange. */
    public final EventLoop eventLoop() {
        return ctx.channel().eventLoop();
    }

    /** Where the client calls from; null when that is no address: a Unix socket, or a connection that is gone. */
    public final @Nullable InetAddress peer() {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    }

    /** For buffers that will be written here. */
    public final ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    /** Takes ownership of {@code part}; nothing leaves before {@link #flush()}. */
    public final void write(HttpObject part) {
        ctx.write(part, ctx.voidPromise());
    }

    /** Sends what was written. */
    public final void flush() {
        ctx.flush();
    }

    /** Whether less is waiting to be sent than the high-water mark: the back-pressure signal. */
    public final boolean isWritable() {
        return ctx.channel().isWritable();
    }

    /** Tells a client that waits for it to send the body. */
    public void sendContinue(FullHttpResponse interim) {
        write(interim);
        flush();
    }

    /** Asks for the next part of the request. */
    public final void read() {
        ctx.read();
    }

    /** How the client speaks, for the access log: {@code HTTP/1.1}, {@code HTTP/1.0} or {@code HTTP/2}. */
    public abstract String protocol();

    /** Whether a body of unknown length can be framed (else the end of the connection is its end). */
    public abstract boolean canFrameUnknownLength();

    /** Whether the connection is to be closed after this exchange. */
    public abstract boolean closesAfterwards();

    /** Says in a response's head what becomes of the connection, where the protocol has words for it. */
    public abstract void tellConnection(HttpHeaders responseHeaders);

    /** The connection cannot be used after this exchange. */
    public abstract void closeAfterwards();

    /** Sends the last part. Takes ownership. */
    public abstract void finish(HttpObject last);

    /** Makes the client see that the response is not complete. */
    public abstract void abort();
}
