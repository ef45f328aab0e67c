package io.bedrockproxy.server.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response that is not passed on before it is known whether it refuses the signature: its head, and its body in one
 * buffer, which it owns. On the exchange's event loop only.
 */
final class HeldResponse {
    /** AWS's longest refusal repeats the canonical request, with all that is signed: below 10 KiB. */
    static final int MAX_BYTES = 32 * 1024;

    private static final int MIN_BYTES = 1024;

    private final HttpResponse head;
    private @Nullable ByteBuf body;
    private boolean ended;

    HeldResponse(HttpResponse head) {
        this.head = head;
    }

    HttpResponse head() {
        return head;
    }

    /** Whether there is room for {@code chunk}. Takes ownership of it only then. */
    boolean add(ByteBuf chunk) {
        ByteBuf kept = body;
        int length = chunk.readableBytes();
        if ((kept == null ? 0 : kept.readableBytes()) + length > MAX_BYTES) {
            return false;
        }
        if (kept == null) {
            kept = chunk.alloc().buffer(Math.max(length, MIN_BYTES));
            body = kept;
        }
        kept.writeBytes(chunk);
        chunk.release();
        return true;
    }

    /** Nothing more will come. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** A copy of what has come of the body. */
    byte[] bytes() {
        ByteBuf kept = body;
        byte[] copy = new byte[kept == null ? 0 : kept.readableBytes()];
        if (kept != null) {
            kept.getBytes(kept.readerIndex(), copy);
        }
        return copy;
    }

    /** Hands over what has come of the body; null when nothing has. */
    @Nullable
    ByteBuf takeBody() {
        ByteBuf taken = body;
        body = null;
        return taken;
    }

    /** Lets go of the body; safe to call again. */
    void release() {
        ByteBuf taken = takeBody();
        if (taken != null) {
            taken.release();
        }
    }
}
