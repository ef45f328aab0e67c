package io.bedrockproxy.server.listener;

import io.bedrockproxy.server.exchange.DrainEvent;
import io.bedrockproxy.server.exchange.ExchangeServices;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/** The bound socket that clients connect to, and the connections that came through it. */
public final class Listener {
    /** What may wait for a slow client before the upstream is no longer read: two TLS records' worth of each extreme. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private static final int BACKLOG = 1024;

    private final SocketAddress address;
    private final Channel serverChannel;
    private final ChannelGroup connections;

    private Listener(SocketAddress address, Channel serverChannel, ChannelGroup connections) {
        this.address = address;
        this.serverChannel = serverChannel;
        this.connections = connections;
    }

    /**
     * Binds. Blocks until that is done, so not on an event loop.
     *
     * @param accepting what a connection that is accepted now is made with; asked on event loops
     * @param services what an exchange that begins now on a given event loop works with; asked on that event loop
     * @param address a {@link UnixDomainSocketAddress}, or one of TCP
     * @throws BindException when the address cannot be bound
     */
    public static Listener bind(
            SocketAddress address,
            Supplier<Accepting> accepting,
            Transport transport,
            EventLoopGroup eventLoops,
            Function<EventLoop, ExchangeServices> services,
            InstantSource clock)
            throws BindException {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ConnectionLimiter limiter =
                new ConnectionLimiter(() -> accepting.get().config().maxConnections(), connections);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // Requests are read only when somebody wants them: see ReadGate.
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new DownstreamInitializer(accepting, limiter, services, clock));
        Channel bound = address instanceof UnixDomainSocketAddress unix
                ? bindUnix(bootstrap, transport, unix.getPath())
                : bindTcp(bootstrap, transport, address);
        return new Listener(
                address instanceof UnixDomainSocketAddress ? address : bound.localAddress(), bound, connections);
    }

    private static Channel bindTcp(ServerBootstrap bootstrap, Transport transport, SocketAddress address)
            throws BindException {
        return bound(bootstrap
                .channel(transport.serverType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .bind(address));
    }

    private static Channel bindUnix(ServerBootstrap bootstrap, Transport transport, Path path) throws BindException {
        UnixSocketFile.prepare(path);
        Channel channel = bound(bootstrap
                .channel(transport.unixServerType())
                .bind(transport.unixAddress().apply(path)));
        try {
            UnixSocketFile.open(path);
            return channel;
        } catch (IOException e) {
            channel.close().awaitUninterruptibly();
            throw (BindException) new BindException("its permissions cannot be set").initCause(e);
        }
    }

    private static Channel bound(ChannelFuture bind) throws BindException {
        bind.awaitUninterruptibly();
        if (!bind.isSuccess()) {
            throw (BindException) new BindException(bind.cause().getMessage()).initCause(bind.cause());
        }
        return bind.channel();
    }

    /** Where it is bound: with TCP an {@link java.net.InetSocketAddress} with the real port. */
    public SocketAddress address() {
        return address;
    }

    /** Accepts no more connections, closes idle ones and asks the others to finish. From any thread. */
    public void drain() {
        serverChannel.close();
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(DrainEvent.DRAIN);
        }
    }

    /** Connections that are open. */
    public int connectionCount() {
        return connections.size();
    }

    /** Closes everything at once, and waits until it is. Not on an event loop. */
    public void close() {
        serverChannel.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
    }
}
