package io.bedrockproxy.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** A middle box of AWS forgets a connection after 350 s without a packet. */
class TcpKeepAliveTest {
    private static final int AWS_FORGETS_AFTER_SECONDS = 350;

    @Test
    void probesInTimeOverEpoll() throws IOException {
        assumeThat(Epoll.isAvailable()).isTrue();
        check(EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollChannelOption.TCP_KEEPIDLE);
    }

    @Test
    void probesInTimeOverTheJdk() throws IOException {
        check(
                NioIoHandler.newFactory(),
                NioSocketChannel.class,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE));
    }

    private static void check(
            IoHandlerFactory ioHandler, Class<? extends SocketChannel> type, ChannelOption<Integer> idle)
            throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, ioHandler);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Bootstrap bootstrap =
                    new Bootstrap().group(loops).channel(type).handler(new ChannelInboundHandlerAdapter());
            new TcpKeepAlive(type).apply(bootstrap);
            Channel channel = bootstrap
                    .connect(server.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(channel.config().getOption(idle)).isLessThan(AWS_FORGETS_AFTER_SECONDS);
            channel.close().syncUninterruptibly();
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
