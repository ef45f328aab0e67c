package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A body of known bytes in pieces of at most 64 KiB, optionally cut before its end. */
public final class FixedBody implements AnswerBody {
    private static final int PIECE_BYTES = 64 * 1024;

    private final byte[] bytes;
    private final int sentBytes;
    private int position;

    private FixedBody(byte[] bytes, int sentBytes) {
        this.bytes = bytes;
        this.sentBytes = sentBytes;
    }

    /** The whole of {@code bytes}. */
    public static FixedBody of(byte[] bytes) {
        return new FixedBody(bytes, bytes.length);
    }

    /** Announces all of {@code bytes} and cuts after {@code sentBytes} of them. */
    public static FixedBody cutAfter(byte[] bytes, int sentBytes) {
        return new FixedBody(bytes, Math.min(sentBytes, bytes.length));
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public Duration pause() {
        return Duration.ZERO;
    }

    @Override
    public @Nullable ByteBuf next() {
        if (position == sentBytes) {
            return null;
        }
        int length = Math.min(PIECE_BYTES, sentBytes - position);
        ByteBuf piece = Unpooled.wrappedBuffer(bytes, position, length);
        position += length;
        return piece;
    }

    @Override
    public boolean endsInCut() {
        return sentBytes < bytes.length;
    }
}
