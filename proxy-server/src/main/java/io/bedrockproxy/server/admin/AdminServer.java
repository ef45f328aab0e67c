package io.bedrockproxy.server.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Liveness, readiness and the end on a socket of their own, so that probes never share a limit with traffic. */
public final class AdminServer {
    /** Probes have no body. */
    private static final int MAX_BODY_BYTES = 1024;

    private static final int READ_TIMEOUT_SECONDS = 5;

    private final Channel serverChannel;

    private AdminServer(Channel serverChannel) {
        this.serverChannel = serverChannel;
    }

    /**
     * Binds. Blocks until that is done, so not on an event loop.
     *
     * @param readiness asked at each {@code /readyz}, on an event loop: must not block
     * @param quit what {@code POST /quit} does
     * @throws BindException when the address cannot be bound
     */
    public static AdminServer bind(
            InetSocketAddress address,
            Class<? extends ServerSocketChannel> channelType,
            EventLoopGroup eventLoops,
            Supplier<Readiness> readiness,
            QuitSwitch quit)
            throws BindException {
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(channelType)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new ReadTimeoutHandler(READ_TIMEOUT_SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(new AdminHandler(readiness, quit));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw (BindException) new BindException(bound.cause().getMessage()).initCause(bound.cause());
        }
        return new AdminServer(bound.channel());
    }

    /** Where it is bound; the port is the real one. */
    public InetSocketAddress address() {
        return (InetSocketAddress) serverChannel.localAddress();
    }

    /** Stops answering. Not on an event loop. */
    public void close() {
        serverChannel.close().awaitUninterruptibly();
    }
}
