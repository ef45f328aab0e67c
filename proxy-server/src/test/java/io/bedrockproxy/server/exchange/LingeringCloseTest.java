package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class LingeringCloseTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());

    @BeforeEach
    void begin() {
        channel.freezeTime();
        channel.config().setAutoRead(false);
        LingeringClose.after(channel.writeAndFlush(channel.alloc().buffer().writeByte('x')));
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void sendsWhatWasWritten() {
        ByteBuf sent = channel.readOutbound();
        assertThat(sent.readableBytes()).isOne();
        sent.release();
    }

    @Test
    void readsAndDropsWhatComes() {
        receive();

        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void closesWhenTheClientIsSilent() {
        pass(1);
        assertThat(channel.isActive()).isTrue();
        pass(1);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void waitsForAClientThatSendsOn() {
        for (int i = 0; i < 20; i++) {
            pass(1);
            receive();
        }

        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void doesNotWaitForEver() {
        for (int i = 0; i < 29; i++) {
            pass(1);
            receive();
        }
        assertThat(channel.isActive()).isTrue();
        pass(1);

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void needsNoTimerWhenTheClientHasClosed() {
        channel.close();
        channel.runPendingTasks();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void receive() {
        channel.writeInbound(channel.alloc().buffer().writeByte('y'));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
