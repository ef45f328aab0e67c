package io.bedrockproxy.server.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 stream: sends what a test wants, and collects what comes. */
final class Http2Call extends ChannelInboundHandlerAdapter {
    private static final long PATIENCE_SECONDS = 40;

    private final CompletableFuture<Integer> head = new CompletableFuture<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Map<String, String> headers = new HashMap<>();
    private final java.io.ByteArrayOutputStream collected = new java.io.ByteArrayOutputStream();
    private OutputStream body = collected;
    private @Nullable Http2StreamChannel channel;
    private volatile long bodyBytes;
    private volatile @Nullable Long resetCode;

    void opened(Http2StreamChannel stream) {
        channel = stream;
    }

    private Http2StreamChannel channel() {
        return java.util.Objects.requireNonNull(channel, "channel");
    }

    /** Where the body goes instead of memory. */
    Http2Call bodyTo(OutputStream out) {
        body = out;
        return this;
    }

    /** Sends a head; the pseudo header fields but method and path are the same for all. */
    Http2Call head(String method, String path, Map<String, String> fields, boolean isEnd) {
        Http2Headers sent = new DefaultHttp2Headers()
                .method(method)
                .path(path)
                .scheme("http")
                .authority("proxy.test");
        fields.forEach(sent::add);
        channel().writeAndFlush(new DefaultHttp2HeadersFrame(sent, isEnd));
        return this;
    }

    /** Sends a piece of the body; returns when flow control has let it through. */
    void data(byte[] bytes, int length, boolean isEnd) {
        channel()
                .writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(bytes, 0, length), isEnd))
                .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Leaves: RST_STREAM with CANCEL. Netty keeps what a paused stream has queued, unless it is asked for. */
    void reset() {
        channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL)).syncUninterruptibly();
        resume();
    }

    /** From now on nothing is read, so that the windows fill. */
    void pause() {
        channel().config().setAutoRead(false);
    }

    void resume() {
        channel().config().setAutoRead(true);
    }

    /** Waits for the head; its status. */
    int status() throws IOException {
        return await(head);
    }

    /** Waits for the end. */
    Received receive() throws IOException {
        boolean isWhole = await(end);
        return new Received(head.isDone() ? await(head) : 0, headers, collected.toByteArray(), isWhole);
    }

    /** What has come of the body so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** The error code of the proxy's RST_STREAM; null when none came. */
    @Nullable
    Long resetCode() {
        return resetCode;
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws IOException {
        try {
            if (msg instanceof Http2HeadersFrame frame) {
                onHead(frame);
            } else if (msg instanceof Http2DataFrame frame) {
                bodyBytes += frame.content().readableBytes();
                frame.content().readBytes(body, frame.content().readableBytes());
                if (frame.isEndStream()) {
                    end.complete(true);
                }
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void onHead(Http2HeadersFrame frame) {
        int status = Integer.parseInt(frame.headers().status().toString());
        if (status >= 200) {
            frame.headers()
                    .forEach(field -> headers.put(
                            field.getKey().toString(), field.getValue().toString()));
            head.complete(status);
            if (frame.isEndStream()) {
                end.complete(true);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame frame) {
            resetCode = frame.errorCode();
            end.complete(false);
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        head.complete(0);
        end.complete(false);
    }
}
