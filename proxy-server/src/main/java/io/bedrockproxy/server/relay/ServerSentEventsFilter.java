package io.bedrockproxy.server.relay;

import io.bedrockproxy.core.eventstream.SseTranscoder;
import io.bedrockproxy.core.eventstream.StreamEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A native event stream rewritten as Server-Sent Events, for clients that asked for them. */
final class ServerSentEventsFilter implements BodyFilter {
    private final SseTranscoder transcoder = new SseTranscoder();
    private final ByteBufAllocator allocator;

    ServerSentEventsFilter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public @Nullable ByteBuf accept(ByteBuf chunk) {
        ByteBuf out = allocator.buffer(chunk.readableBytes());
        try {
            for (ByteBuffer part : chunk.nioBuffers()) {
                transcoder.accept(part, out::writeBytes);
            }
        } finally {
            chunk.release();
        }
        if (out.isReadable()) {
            return out;
        }
        out.release();
        return null;
    }

    @Override
    public @Nullable String damage() {
        return transcoder.isFailed() && transcoder.end() != StreamEnd.EXCEPTION
                ? transcoder.end().name().toLowerCase(Locale.ROOT)
                : null;
    }

    @Override
    public Tail end() {
        ByteBuf out = allocator.buffer();
        transcoder.finish(out::writeBytes);
        return new Tail(out, true);
    }

    @Override
    public Tail cut(String exceptionType, String message) {
        ByteBuf out = allocator.buffer();
        transcoder.fail(exceptionType, message, out::writeBytes);
        return new Tail(out, true);
    }

    @Override
    public @Nullable String exceptionType() {
        return transcoder.exceptionType();
    }
}
