package io.bedrockproxy.server.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to the first of a name's addresses that takes it, in the order of the name server's answer. An
 * endpoint of AWS has an address in each zone, and one of them may be down. The time for connecting is shared out among
 * the addresses that are left, so that a silent one leaves some for the next.
 */
final class AddressTries {
    /** A VPC endpoint has an address in each zone, which are six at most; more would leave little time for each. */
    static final int MAX_ADDRESSES = 6;

    private final Bootstrap bootstrap;
    private final EventLoop eventLoop;
    private final Deque<InetSocketAddress> left;
    private final int addresses;
    private final long deadlineNanos;
    private final BiConsumer<@Nullable Channel, String> done;

    /**
     * @param bootstrap all but the address and the time limit
     * @param resolved not empty
     * @param limit for all tries together
     * @param done called once, on {@code eventLoop}: with a channel, or with null and what went wrong last
     */
    AddressTries(
            Bootstrap bootstrap,
            EventLoop eventLoop,
            List<InetSocketAddress> resolved,
            Duration limit,
            BiConsumer<@Nullable Channel, String> done) {
        this.bootstrap = bootstrap;
        this.eventLoop = eventLoop;
        this.left = new ArrayDeque<>(
                resolved.stream().distinct().limit(MAX_ADDRESSES).toList());
        this.addresses = left.size();
        this.deadlineNanos = eventLoop.ticker().nanoTime() + limit.toNanos();
        this.done = done;
    }

    /** Tries the next one. On the event loop only. */
    void next() {
        assert eventLoop.inEventLoop();
        long leftNanos = deadlineNanos - eventLoop.ticker().nanoTime();
        long shareMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos / left.size()));
        bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(shareMillis, Integer.MAX_VALUE))
                .connect(left.remove())
                .addListener((ChannelFuture connected) -> onTried(connected));
    }

    private void onTried(ChannelFuture connected) {
        if (connected.isSuccess()) {
            done.accept(connected.channel(), "");
        } else if (left.isEmpty()) {
            done.accept(
                    null,
                    (addresses == 1 ? "cannot connect: " : "cannot connect to any of " + addresses + " addresses: ")
                            + UpstreamHandler.describe(connected.cause()));
        } else {
            next();
        }
    }
}
