package io.bedrockproxy.server.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One HTTP/2 connection to the proxy, with prior knowledge. */
final class Http2Client implements AutoCloseable {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("h2-client", true), NioIoHandler.newFactory());
    private final Channel channel;
    private volatile boolean goAway;

    Http2Client(InetSocketAddress proxy) {
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        created.pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .initialSettings(Http2Settings.defaultSettings())
                                        .build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
                                .addLast(new ConnectionFrames());
                    }
                })
                .connect(proxy)
                .syncUninterruptibly()
                .channel();
    }

    /** A new stream; nothing is sent yet. */
    Http2Call newCall() {
        Http2Call call = new Http2Call();
        call.opened(new Http2StreamChannelBootstrap(channel)
                .handler(call)
                .open()
                .syncUninterruptibly()
                .getNow());
        return call;
    }

    /** Whether the proxy has said that it takes no more streams. */
    boolean hasGoAway() {
        return goAway;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** Leaves without a word to any stream. */
    void disconnect() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close().syncUninterruptibly();
        }
    }

    @Override
    public void close() {
        disconnect();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** SETTINGS, PING and GOAWAY; the codec has acted on them already. */
    private final class ConnectionFrames extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            goAway |= msg instanceof Http2GoAwayFrame;
            ReferenceCountUtil.release(msg);
        }
    }
}
