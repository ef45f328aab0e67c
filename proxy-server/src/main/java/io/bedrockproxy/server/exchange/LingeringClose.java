package io.bedrockproxy.server.exchange;

import io.bedrockproxy.server.relay.StreamDeadline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client still sends: drops what comes until the client pauses, then says that nothing
 * more will be written, and drops on until the client has closed. Closing at once would make the kernel answer the
 * client's bytes with a reset, which can destroy the response before the client has read it (RFC 9112 section 9.6); and
 * a client may take the end of our side, seen while it sends, for the loss of the connection (the JDK's does). Stands in
 * front of everything that looks at HTTP.
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {
    /** A client that has stopped sending for so long gets to know that nothing more comes. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A client that is silent for so long has had the time to read, and is not about to close by itself. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** However busily it sends: many clients read nothing before they have sent all. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Channel channel;
    private final StreamDeadline pause;
    private final StreamDeadline silence;
    private final Future<?> limit;

    private LingeringClose(Channel channel) {
        this.channel = channel;
        EventLoop eventLoop = channel.eventLoop();
        pause = new StreamDeadline(eventLoop, PAUSE, this::endOutput);
        silence = new StreamDeadline(eventLoop, SILENCE, channel::close);
        limit = eventLoop.schedule(() -> channel.close(), LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins; nothing may be written behind {@code lastWrite}, and nothing is read any more by other handlers. */
    public static void after(ChannelFuture lastWrite) {
        Channel channel = lastWrite.channel();
        if (channel.isActive()) {
            LingeringClose handler = new LingeringClose(channel);
            ChannelPipeline pipeline = channel.pipeline();
            ChannelHandlerContext tls = pipeline.context(SslHandler.class);
            if (tls == null) {
                pipeline.addFirst(handler);
            } else {
                pipeline.addAfter(tls.name(), null, handler);
            }
            handler.silence.start();
            channel.config().setAutoRead(true);
            lastWrite.addListener(handler::onWritten);
        }
    }

    private void onWritten(Future<?> written) {
        if (written.isSuccess()) {
            pause.start();
        } else {
            channel.close();
        }
    }

    private void endOutput() {
        pause.stop();
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (channel instanceof DuplexChannel duplex) {
            if (tls == null) {
                duplex.shutdownOutput();
            } else {
                tls.closeOutbound().addListener(said -> duplex.shutdownOutput());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        pause.touch();
        silence.touch();
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        pause.stop();
        silence.stop();
        limit.cancel(false);
    }
}
