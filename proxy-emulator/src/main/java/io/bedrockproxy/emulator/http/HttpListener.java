package io.bedrockproxy.emulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;

/** One listening port and its connections. */
public final class HttpListener implements AutoCloseable {
    private final Channel listening;
    private final ChannelGroup connections;

    private HttpListener(Channel listening, ChannelGroup connections) {
        this.listening = listening;
        this.connections = connections;
    }

    /** Binds {@code address} (port 0: any free port); throws when that is not possible. */
    public static HttpListener bind(EventLoopGroup group, InetSocketAddress address, ServerContext server) {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ServerInitializer(server, connections))
                .bind(address)
                .syncUninterruptibly()
                .channel();
        return new HttpListener(listening, connections);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** How many connections are open. */
    public int openConnections() {
        return connections.size();
    }

    /** Cuts every open connection; the port stays open. */
    public void dropConnections() {
        connections.close();
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
    }
}
