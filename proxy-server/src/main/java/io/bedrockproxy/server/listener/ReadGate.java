package io.bedrockproxy.server.listener;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets exactly one HTTP object through for each {@code read()} and keeps the others that the same read of the socket
 * brought (at most one receive buffer's worth: auto-read is off). Belongs between the codec and the exchange.
 *
 * <p>Netty's {@code FlowControlHandler} does nearly this, but calls itself once per object when a handler reads from
 * within {@code channelRead}: ten thousand one-byte chunks in one segment would overflow the stack. Here a nested
 * {@code read()} only leaves a note for the loop that is already running.
 */
final class ReadGate extends ChannelDuplexHandler {
    private final Queue<Object> waiting = new ArrayDeque<>(4);
    private boolean wanted;
    private boolean delivering;

    @Override
    public void read(ChannelHandlerContext ctx) {
        wanted = true;
        deliver(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        waiting.add(msg);
        deliver(ctx);
    }

    private void deliver(ChannelHandlerContext ctx) {
        if (delivering) {
            return;
        }
        delivering = true;
        while (wanted && !waiting.isEmpty()) {
            wanted = false;
            ctx.fireChannelRead(waiting.remove());
        }
        delivering = false;
        if (wanted) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
