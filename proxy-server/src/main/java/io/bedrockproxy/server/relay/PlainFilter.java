package io.bedrockproxy.server.relay;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Every body that is not an event stream: HTTP's own framing decides whether it is whole. */
final class PlainFilter implements BodyFilter {
    @Override
    public ByteBuf accept(ByteBuf chunk) {
        return chunk;
    }

    @Override
    public @Nullable String damage() {
        return null;
    }

    @Override
    public Tail end() {
        return Tail.WHOLE;
    }

    @Override
    public Tail cut(String exceptionType, String message) {
        return Tail.BROKEN;
    }
}
