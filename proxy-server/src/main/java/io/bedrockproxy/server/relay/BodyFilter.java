package io.bedrockproxy.server.relay;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What happens to the body of one response on its way down. Used on one event loop, part by part, in order. */
interface BodyFilter {
    /**
     * The last bytes of a body.
     *
     * @param bytes what is still to be sent, or null; the receiver owns it
     * @param isWhole whether the client can tell from the bytes alone how the response ended, so that a regular end of
     *     the message tells no lie
     */
    record Tail(@Nullable ByteBuf bytes, boolean isWhole) {
        static final Tail WHOLE = new Tail(null, true);
        static final Tail BROKEN = new Tail(null, false);
    }

    /** Takes ownership of {@code chunk}; returns what goes down, owned by the caller, or null for nothing. */
    @Nullable
    ByteBuf accept(ByteBuf chunk);

    /** Why the body is damaged beyond repair, or null while it is well. */
    @Nullable
    String damage();

    /** The upstream ended the message regularly. */
    Tail end();

    /** The upstream will send no more, or must not: the client is to see a failure. */
    Tail cut(String exceptionType, String message);

    /** The name of the exception that the stream itself reported, or null. */
    default @Nullable String exceptionType() {
        return null;
    }
}
