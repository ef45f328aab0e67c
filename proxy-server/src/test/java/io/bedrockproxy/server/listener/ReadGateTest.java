package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One object for each read, however many came at once and from wherever the read is asked for. */
class ReadGateTest {
    private final List<Object> received = new ArrayList<>();

    /** Takes what comes, and reads on until it has as many as it wants. */
    private final class Reader extends ChannelInboundHandlerAdapter {
        private final int wanted;

        Reader(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            received.add(msg);
            if (received.size() < wanted) {
                ctx.read();
            }
        }
    }

    private EmbeddedChannel channel(int wanted) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new ReadGate(), new Reader(wanted));
        return channel;
    }

    @Test
    void keepsWhatNobodyAskedFor() {
        EmbeddedChannel channel = channel(1);
        channel.pipeline().fireChannelRead("first").fireChannelRead("second");
        assertThat(received).isEmpty();
        channel.read();
        assertThat(received).containsExactly("first");
        channel.read();
        assertThat(received).containsExactly("first", "second");
        channel.finishAndReleaseAll();
    }

    @Test
    void deliversWhatWasAskedForBeforeItCame() {
        EmbeddedChannel channel = channel(1);
        channel.read();
        channel.pipeline().fireChannelRead("first").fireChannelRead("second");
        assertThat(received).containsExactly("first");
        channel.finishAndReleaseAll();
    }

    /** A reader that reads from within {@code channelRead} must not deepen the stack with each object. */
    @Test
    void doesNotRecurse() {
        int many = 100_000;
        EmbeddedChannel channel = channel(many);
        for (int i = 0; i < many; i++) {
            channel.pipeline().fireChannelRead(i);
        }
        channel.read();
        assertThat(received).hasSize(many);
        channel.finishAndReleaseAll();
    }

    @Test
    void releasesWhatIsLeftWhenTheConnectionEnds() {
        EmbeddedChannel channel = channel(1);
        ByteBuf left = Unpooled.buffer(1);
        channel.pipeline().fireChannelRead(left);
        channel.close();
        channel.runPendingTasks();
        assertThat(left.refCnt()).isZero();
    }
}
