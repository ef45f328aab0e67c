package io.bedrockproxy.server.upstream;

import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;

/**
 * How names of endpoints become addresses: from the hosts file and the name servers of the system, without blocking an
 * event loop. An answer is kept for as long as it says that it lives, and a refusal is not kept: AWS moves endpoints by
 * changing what their names mean. See ADR 7.
 */
public final class NameResolution {
    private NameResolution() {}

    /**
     * For the event loops of one transport; the caller closes it.
     *
     * @param datagramType asks
     * @param socketType asks again when an answer is too long for a datagram
     */
    public static DnsAddressResolverGroup create(
            Class<? extends DatagramChannel> datagramType, Class<? extends SocketChannel> socketType) {
        return new DnsAddressResolverGroup(builder(datagramType, socketType));
    }

    static DnsNameResolverBuilder builder(
            Class<? extends DatagramChannel> datagramType, Class<? extends SocketChannel> socketType) {
        return new DnsNameResolverBuilder()
                .datagramChannelType(datagramType)
                .socketChannelType(socketType)
                .ttl(0, Integer.MAX_VALUE)
                .negativeTtl(0);
    }
}
