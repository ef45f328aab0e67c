package io.bedrockproxy.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.ExceptionFrame;
import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.SseTranscoder;
import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.server.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The two filters of event streams, cut in two at every place. */
@ExtendWith(LeakCheck.class)
class BodyFilterTest {
    private static final byte[] FRAME = ExceptionFrame.encode("throttlingException", "a little slower");
    private static final byte[] STREAM = join(FRAME, FRAME);
    private static final String MESSAGE = "broken off";

    @Test
    void nativeStreamsAreNotTouched() {
        splits(STREAM).forEach(at -> {
            Run run = new Run(new EventStreamFilter()).accept(STREAM, at);

            assertThat(run.filter.damage()).isNull();
            assertThat(run.end(run.filter.end())).isEqualTo(STREAM);
            assertThat(run.isWhole).isTrue();
            assertThat(run.filter.exceptionType()).isEqualTo("throttlingException");
        });
    }

    @Test
    void nativeStreamsGetAnExceptionFrameBetweenFramesAndNowhereElse() {
        IntStream.rangeClosed(0, STREAM.length).forEach(length -> {
            Run run = new Run(new EventStreamFilter()).accept(part(STREAM, 0, length), 0);

            byte[] body = run.end(run.filter.cut("modelStreamErrorException", MESSAGE));
            boolean isBetween = length % FRAME.length == 0;
            assertThat(run.isWhole).as("at %d", length).isEqualTo(isBetween);
            assertThat(part(body, 0, length)).isEqualTo(part(STREAM, 0, length));
            assertThat(body.length > length).isEqualTo(isBetween);
            assertThat(!isBetween || scanned(body) == StreamEnd.EXCEPTION).isTrue();
        });
    }

    @Test
    void nativeStreamsThatEndInAFrameAreNotWhole() {
        IntStream.range(0, STREAM.length).forEach(length -> {
            Run run = new Run(new EventStreamFilter()).accept(part(STREAM, 0, length), length / 2);

            run.end(run.filter.end());
            assertThat(run.isWhole).as("at %d", length).isEqualTo(length % FRAME.length == 0);
        });
    }

    @Test
    void nativeStreamsKeepADamagedFrameBackUnlessPartOfItHasLeft() {
        byte[] damaged = STREAM.clone();
        damaged[STREAM.length - 1] ^= 1;
        splits(damaged).forEach(at -> {
            Run run = new Run(new EventStreamFilter()).accept(damaged, at);

            assertThat(run.filter.damage()).isEqualTo("message checksum");
            byte[] body = run.end(run.filter.cut("modelStreamErrorException", MESSAGE));
            boolean isHeldBack = at <= FRAME.length || at == damaged.length;
            assertThat(run.isWhole).as("split at %d", at).isEqualTo(isHeldBack);
            assertThat(part(body, 0, FRAME.length)).isEqualTo(FRAME);
            assertThat(!isHeldBack || scanned(body) == StreamEnd.EXCEPTION).isTrue();
        });
    }

    @Test
    void serverSentEventsAreTheSameHoweverTheStreamIsCut() {
        String whole = transcoded(STREAM);
        assertThat(whole).startsWith("event: exception\ndata: {\"type\":\"throttlingException\"");
        splits(STREAM).forEach(at -> {
            Run run = new Run(new ServerSentEventsFilter(ByteBufAllocator.DEFAULT)).accept(STREAM, at);

            assertThat(run.filter.damage()).isNull();
            assertThat(new String(run.end(run.filter.end()), StandardCharsets.UTF_8))
                    .isEqualTo(whole);
            assertThat(run.isWhole).isTrue();
        });
    }

    @Test
    void serverSentEventsShowACutAnywhere() {
        IntStream.range(0, FRAME.length).forEach(length -> {
            Run run = new Run(new ServerSentEventsFilter(ByteBufAllocator.DEFAULT))
                    .accept(part(STREAM, 0, length), length / 2);

            byte[] body = run.end(run.filter.cut("modelStreamErrorException", MESSAGE));
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .isEqualTo("event: exception\ndata: {\"type\":\"modelStreamErrorException\",\"message\":\""
                            + MESSAGE + "\"}\n\n");
            assertThat(run.isWhole).isTrue();
        });
    }

    @Test
    void serverSentEventsShowDamage() {
        byte[] damaged = FRAME.clone();
        damaged[FRAME.length - 1] ^= 1;
        splits(damaged).forEach(at -> {
            Run run = new Run(new ServerSentEventsFilter(ByteBufAllocator.DEFAULT)).accept(damaged, at);

            assertThat(run.filter.damage()).isEqualTo("corrupt");
            byte[] body = run.end(run.filter.cut("modelStreamErrorException", MESSAGE));
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .startsWith("event: exception\n")
                    .endsWith("\n\n");
            assertThat(run.isWhole).isTrue();
        });
    }

    /** One body through one filter. */
    private static final class Run {
        private final BodyFilter filter;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private boolean isWhole;

        Run(BodyFilter filter) {
            this.filter = filter;
        }

        Run accept(byte[] bytes, int splitAt) {
            accept(part(bytes, 0, splitAt));
            if (filter.damage() == null) {
                accept(part(bytes, splitAt, bytes.length));
            }
            return this;
        }

        private void accept(byte[] chunk) {
            collect(filter.accept(ByteBufAllocator.DEFAULT.buffer().writeBytes(chunk)));
        }

        private void collect(@Nullable ByteBuf bytes) {
            if (bytes != null) {
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy).release();
                out.writeBytes(copy);
            }
        }

        byte[] end(BodyFilter.Tail tail) {
            collect(tail.bytes());
            isWhole = tail.isWhole();
            return out.toByteArray();
        }
    }

    private static IntStream splits(byte[] bytes) {
        return IntStream.rangeClosed(0, bytes.length);
    }

    private static StreamEnd scanned(byte[] body) {
        FrameScanner scanner = new FrameScanner();
        scanner.scan(ByteBuffer.wrap(body));
        return scanner.end();
    }

    private static String transcoded(byte[] stream) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        SseTranscoder transcoder = new SseTranscoder();
        transcoder.accept(ByteBuffer.wrap(stream), events::writeBytes);
        transcoder.finish(events::writeBytes);
        return events.toString(StandardCharsets.UTF_8);
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
