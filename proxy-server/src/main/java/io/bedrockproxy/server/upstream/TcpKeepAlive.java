package io.bedrockproxy.server.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import java.io.IOException;
import java.net.SocketOption;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP's own probes, so that a middle box does not forget a connection over which a model thinks for minutes: AWS's NAT
 * gateways and network load balancers do after 350 s without a packet, and Linux would probe after two hours.
 */
final class TcpKeepAlive {
    /** A first probe in good time; a dead peer is noticed after 60 + 3 * 30 s. */
    private static final int IDLE_SECONDS = 60;

    private static final int INTERVAL_SECONDS = 30;
    private static final int PROBES = 3;

    private final Class<? extends SocketChannel> channelType;
    private final boolean jdkCan;

    TcpKeepAlive(Class<? extends SocketChannel> channelType) {
        this.channelType = channelType;
        this.jdkCan = jdkOptions()
                .containsAll(List.of(
                        ExtendedSocketOptions.TCP_KEEPIDLE,
                        ExtendedSocketOptions.TCP_KEEPINTERVAL,
                        ExtendedSocketOptions.TCP_KEEPCOUNT));
    }

    /** Sets what this machine has; where it has none the system's intervals hold. */
    void apply(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
        if (channelType.equals(EpollSocketChannel.class)) {
            bootstrap
                    .option(EpollChannelOption.TCP_KEEPIDLE, IDLE_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPINTVL, INTERVAL_SECONDS)
                    .option(EpollChannelOption.TCP_KEEPCNT, PROBES);
        } else if (jdkCan) {
            bootstrap
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS)
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), INTERVAL_SECONDS)
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
        }
    }

    private static Set<SocketOption<?>> jdkOptions() {
        try (java.nio.channels.SocketChannel probe = java.nio.channels.SocketChannel.open()) {
            return probe.supportedOptions();
        } catch (IOException e) {
            return Set.of();
        }
    }
}
