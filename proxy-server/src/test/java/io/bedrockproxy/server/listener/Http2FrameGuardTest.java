package io.bedrockproxy.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a codec behind it, the guard can only close. */
@ExtendWith(LeakCheck.class)
class Http2FrameGuardTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;
    private static final int HEAD_SECONDS = 15;

    private final EmbeddedChannel channel = new EmbeddedChannel(new Http2FrameGuard(Duration.ofSeconds(HEAD_SECONDS)));

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private void begin() {
        receive(preface());
        receive(frame(SETTINGS, 0, 0));
    }

    private static ByteBuf preface() {
        return Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII);
    }

    private static ByteBuf frame(int type, int flags, int length) {
        return Unpooled.buffer()
                .writeMedium(length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(1)
                .writeZero(length);
    }

    private void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void passesEverythingOnAsItIs() {
        ByteBuf sent = Unpooled.wrappedBuffer(preface(), frame(SETTINGS, 0, 12), frame(HEADERS, END_HEADERS, 300));
        ByteBuf expected = sent.copy();
        for (int i = 0; i < expected.readableBytes(); i++) {
            receive(sent.readRetainedSlice(1));
        }
        sent.release();
        ByteBuf received = Unpooled.buffer();
        for (Object part; (part = channel.readInbound()) != null; ) {
            received.writeBytes((ByteBuf) part);
            ((ByteBuf) part).release();
        }
        assertThat(received).isEqualTo(expected);
        expected.release();
        pass(10 * HEAD_SECONDS);
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void waitsForTheFirstSettingsOnlySoLong() {
        receive(preface());
        pass(HEAD_SECONDS - 1);
        assertThat(channel.isActive()).isTrue();
        pass(1);
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 10, 150})
    void waitsForAHeadOnlySoLongHoweverManyBytesCome(int step) {
        begin();
        ByteBuf head = Unpooled.wrappedBuffer(
                frame(HEADERS, END_STREAM, 50), frame(CONTINUATION, 0, 50), frame(CONTINUATION, 0, 50));
        receive(head.readRetainedSlice(9));
        for (int second = 0; second < HEAD_SECONDS - 1; second++) {
            pass(1);
            receive(head.readRetainedSlice(Math.min(step, head.readableBytes())));
        }
        head.release();
        assertThat(channel.isActive()).isTrue();
        pass(1);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aHeadIsWholeWithTheLastByteOfItsLastFrame() {
        begin();
        receive(frame(HEADERS, 0, 50));
        pass(HEAD_SECONDS - 1);
        ByteBuf last = frame(CONTINUATION, END_HEADERS, 50);
        receive(last.readRetainedSlice(58));
        assertThat(channel.isActive()).isTrue();
        receive(last);
        pass(10 * HEAD_SECONDS);
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void eachHeadHasItsOwnTime() {
        begin();
        receive(frame(HEADERS, 0, 50));
        for (int i = 0; i < 5; i++) {
            pass(HEAD_SECONDS - 1);
            receive(Unpooled.wrappedBuffer(frame(CONTINUATION, END_HEADERS, 50), frame(HEADERS, 0, 50)));
            assertThat(channel.isActive()).isTrue();
        }
        pass(HEAD_SECONDS);
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {DATA, 2, SETTINGS, PING, 7, 8, 0x77})
    void framesThatCarryNothingAreCounted(int type) {
        begin();
        receiveMany(type, Http2FrameGuard.MAX_BARE_FRAMES - 1);
        assertThat(channel.isActive()).isTrue();
        receiveMany(type, 1);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void countsAnewAfterThirtySeconds() {
        begin();
        for (int i = 0; i < 5; i++) {
            receiveMany(PING, Http2FrameGuard.MAX_BARE_FRAMES - 1);
            pass(30);
        }
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void whoIsSentMuchMayAnswerMuch() {
        begin();
        channel.writeOutbound(Unpooled.buffer().writeZero(500 * Http2FrameGuard.SENT_BYTES_PER_FRAME));
        receiveMany(8, Http2FrameGuard.MAX_BARE_FRAMES - 1 + 500);
        assertThat(channel.isActive()).isTrue();
        receiveMany(8, 1);
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void requestsAreNotCounted() {
        begin();
        for (int i = 0; i < 3 * Http2FrameGuard.MAX_BARE_FRAMES; i++) {
            receive(frame(HEADERS, END_HEADERS, 5));
            receive(frame(DATA, 0, 5));
            receive(frame(DATA, END_STREAM, 0));
        }
        assertThat(channel.isActive()).isTrue();
    }

    private void receiveMany(int type, int count) {
        ByteBuf many = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            ByteBuf one = frame(type, 0, type == PING ? 8 : 0);
            many.writeBytes(one);
            one.release();
        }
        receive(many);
    }
}
