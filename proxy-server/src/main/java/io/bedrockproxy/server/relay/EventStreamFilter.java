package io.bedrockproxy.server.relay;

import io.bedrockproxy.core.eventstream.ExceptionFrame;
import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.ScanResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A native event stream: bytes go down untouched while the scanner watches them go by. Up to the first damaged frame
 * the client gets every byte; the damaged frame itself is held back if none of it has left yet, so that an exception
 * frame can stand in its place.
 */
final class EventStreamFilter implements BodyFilter {
    private final FrameScanner scanner = new FrameScanner();
    private @Nullable String damage;

    /** Whether what went down so far ends with a whole frame. */
    private boolean atBoundary = true;

    @Override
    public @Nullable ByteBuf accept(ByteBuf chunk) {
        int start = chunk.readerIndex();
        int consumed = 0;
        for (ByteBuffer part : chunk.nioBuffers()) {
            int length = part.remaining();
            if (scanner.scan(part) instanceof ScanResult.Corrupt corrupt) {
                damage = corrupt.reason();
                return keepGood(chunk, start, consumed, corrupt.goodBytes());
            }
            consumed += length;
        }
        atBoundary = scanner.atFrameBoundary();
        return chunk;
    }

    private @Nullable ByteBuf keepGood(ByteBuf chunk, int start, int consumed, int goodBytes) {
        atBoundary = goodBytes >= 0;
        int good = goodBytes >= 0 ? consumed + goodBytes : 0;
        if (good == 0) {
            chunk.release();
            return null;
        }
        return chunk.setIndex(start, start + good);
    }

    @Override
    public @Nullable String damage() {
        return damage;
    }

    @Override
    public Tail end() {
        return atBoundary ? Tail.WHOLE : Tail.BROKEN;
    }

    @Override
    public Tail cut(String exceptionType, String message) {
        return atBoundary
                ? new Tail(Unpooled.wrappedBuffer(ExceptionFrame.encode(exceptionType, message)), true)
                : Tail.BROKEN;
    }

    @Override
    public @Nullable String exceptionType() {
        return scanner.exceptionType();
    }
}
