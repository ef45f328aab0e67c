package io.bedrockproxy.server.listener;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The socket implementation: epoll where its native library loads, else the JDK's.
 *
 * @param name for the log
 * @param ioHandler drives an event loop
 * @param serverType accepting sockets
 * @param socketType connected sockets
 * @param datagramType sockets for name resolution
 */
public record Transport(
        String name,
        IoHandlerFactory ioHandler,
        Class<? extends ServerSocketChannel> serverType,
        Class<? extends SocketChannel> socketType,
        Class<? extends DatagramChannel> datagramType) {
    /** The best one that this machine has. */
    public static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(
                        "epoll",
                        EpollIoHandler.newFactory(),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollDatagramChannel.class)
                : new Transport(
                        "nio",
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel.class,
                        NioSocketChannel.class,
                        NioDatagramChannel.class);
    }

    /** Event loops, each with a thread of its own. */
    public EventLoopGroup newEventLoops(int count) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("proxy-io", true), ioHandler);
    }
}
