package io.bedrockproxy.server.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import java.util.function.IntSupplier;

/**
 * Closes connections above the limit as soon as they are accepted, before they cost a TLS handshake, and keeps the
 * others in a group for drain. Closing says nothing, because the cheapest answer is none.
 */
@Sharable
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
    private final IntSupplier maxConnections;
    private final ChannelGroup connections;

    ConnectionLimiter(IntSupplier maxConnections, ChannelGroup connections) {
        this.maxConnections = maxConnections;
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        connections.add(channel);
        if (connections.size() > maxConnections.getAsInt()) {
            channel.close();
        } else {
            ctx.fireChannelActive();
        }
    }
}
