package io.bedrockproxy.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final int MIB = 1024 * 1024;

    private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private final BodyBudget budget = new BodyBudget(MIB);
    private final RequestBody body = new RequestBody(MIB, budget, allocator);

    @Test
    void piecesOfOneByteAreKeptTogetherAndInOrder() {
        byte[] sent = new byte[200_000];
        IntStream.range(0, sent.length).forEach(i -> sent[i] = (byte) (i * 31));

        for (byte one : sent) {
            assertThat(body.add(Unpooled.wrappedBuffer(new byte[] {one}))).isNull();
        }

        List<ByteBuf> copies = new ArrayList<>();
        body.copies().forEachRemaining(copies::add);
        ByteBuf all = Unpooled.wrappedBuffer(copies.toArray(ByteBuf[]::new));
        assertThat(copies).hasSizeLessThan(5);
        assertThat(all).isEqualTo(Unpooled.wrappedBuffer(sent));
        all.release();
        body.release();
    }

    @Test
    void smallPieceDoesNotKeepItsReceiveBufferAlive() {
        ByteBuf receiveBuffer = allocator.buffer(64 * 1024).writeZero(64 * 1024);

        assertThat(body.add(receiveBuffer.readRetainedSlice(10))).isNull();

        assertThat(receiveBuffer.refCnt()).isEqualTo(1);
        receiveBuffer.release();
        body.release();
    }

    @Test
    void largeAndSmallPiecesStayInOrderWithoutACopyOfTheLarge() {
        ByteBuf large = Unpooled.wrappedBuffer(new byte[20_000]);
        body.add(Unpooled.wrappedBuffer(new byte[] {1}));
        body.add(large);
        body.add(Unpooled.wrappedBuffer(new byte[] {2}));

        List<Integer> lengths = new ArrayList<>();
        body.copies().forEachRemaining(piece -> {
            lengths.add(piece.readableBytes());
            piece.release();
        });
        assertThat(lengths).containsExactly(1, 20_000, 1);
        body.release();
        assertThat(large.refCnt()).isZero();
        assertThat(budget.reservedBytes()).isZero();
    }
}
