package io.bedrockproxy.server.listener;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The socket implementation: epoll where its native library loads, else the JDK's.
 *
 * @param name for the log
 * @param ioHandler drives an event loop
 * @param serverType accepting sockets
 * @param socketType connected sockets
 * @param datagramType sockets for name resolution
 * @param unixServerType accepting Unix sockets
 * @param unixAddress what such a one is bound to
 */
public record Transport(
        String name,
        IoHandlerFactory ioHandler,
        Class<? extends ServerSocketChannel> serverType,
        Class<? extends SocketChannel> socketType,
        Class<? extends DatagramChannel> datagramType,
        Class<? extends ServerChannel> unixServerType,
        Function<Path, SocketAddress> unixAddress) {
    /** The best one that this machine has. */
    public static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(
                        "epoll",
                        EpollIoHandler.newFactory(),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollDatagramChannel.class,
                        EpollServerDomainSocketChannel.class,
                        path -> new DomainSocketAddress(path.toFile()))
                : nio();
    }

    /** The one that every Java has. */
    static Transport nio() {
        return new Transport(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                NioDatagramChannel.class,
                NioServerDomainSocketChannel.class,
                UnixDomainSocketAddress::of);
    }

    /** Event loops, each with a thread of its own. */
    public EventLoopGroup newEventLoops(int count) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("proxy-io", true), ioHandler);
    }
}
