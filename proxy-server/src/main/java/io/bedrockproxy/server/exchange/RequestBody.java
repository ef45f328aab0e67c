package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.body.BodyModel;
import io.bedrockproxy.core.body.ModelFinder;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.PayloadHasher;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: kept whole, because SigV4 signs its hash before the first byte may leave, and hashed piece
 * by piece as it arrives, so that a large body never stalls the event loop. Owns its pieces until {@link #release()}.
 *
 * <p>Small pieces are copied together: each is an object, and keeps the whole receive buffer alive that it is a part of,
 * so that a body in chunks of one byte would cost a hundred times and more what is accounted for.
 */
final class RequestBody {
    /** Pieces below this are copied: a full HTTP/2 frame of the default size is not. */
    private static final int SMALL_BYTES = 16 * 1024;

    private static final int MIN_COPY_BYTES = 512;
    private static final int MAX_COPY_BYTES = 64 * 1024;

    private final int maxBytes;
    private final BodyBudget budget;
    private final ByteBufAllocator allocator;
    private final PayloadHasher hasher = new PayloadHasher();
    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private boolean isTaken = true;
    private @Nullable ModelFinder model;
    private long receivedBytes;
    private long reservedBytes;

    /** The last of the pieces if small ones are copied into it, else null. */
    private @Nullable ByteBuf copy;

    RequestBody(int maxBytes, BodyBudget budget, ByteBufAllocator allocator) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.allocator = allocator;
    }

    /**
     * Reserves room for a body whose length was announced; null when there is room.
     *
     * @param route whether it has a body, and whether that names a model, which is then looked for as it arrives
     */
    @Nullable
    Failure expect(long contentLength, Route route) {
        isTaken = route.hasBody();
        model = route.modelKey() == null ? null : new ModelFinder(route.modelKey());
        if (!isTaken && contentLength > 0) {
            return notTaken();
        }
        return contentLength > maxBytes ? tooLarge() : reserve(contentLength);
    }

    /** Takes ownership of {@code piece}; null when it was kept. */
    @Nullable
    Failure add(ByteBuf piece) {
        int length = piece.readableBytes();
        Failure refused = refuse(length);
        if (refused != null) {
            piece.release();
            return refused;
        }
        receivedBytes += length;
        for (ByteBuffer part : piece.nioBuffers()) {
            if (model != null) {
                model.feed(part.duplicate());
            }
            hasher.update(part);
        }
        if (length < SMALL_BYTES) {
            copySmall(piece, length);
        } else {
            copy = null;
            pieces.add(piece);
        }
        return null;
    }

    private @Nullable Failure refuse(int length) {
        if (length > 0 && !isTaken) {
            return notTaken();
        }
        return receivedBytes + length > maxBytes ? tooLarge() : reserve(receivedBytes + length);
    }

    private void copySmall(ByteBuf piece, int length) {
        ByteBuf target = copy;
        if (target == null || target.maxWritableBytes() < length) {
            target = allocator.buffer(Math.max(length, MIN_COPY_BYTES), MAX_COPY_BYTES);
            pieces.add(target);
            copy = target;
        }
        target.writeBytes(piece);
        piece.release();
    }

    private static Failure notTaken() {
        return Failure.of(FailureKind.BAD_REQUEST, "This operation takes no request body.");
    }

    private Failure tooLarge() {
        return Failure.of(
                FailureKind.BODY_TOO_LARGE, "The request body is longer than the " + maxBytes + " bytes allowed.");
    }

    private @Nullable Failure reserve(long upTo) {
        long more = upTo - reservedBytes;
        if (more > 0) {
            if (!budget.tryReserve(more)) {
                return new Failure(
                        FailureKind.OVERLOADED,
                        "The proxy is holding as many request bodies as it may.",
                        "limits.buffered-bodies reached");
            }
            reservedBytes = upTo;
        }
        return null;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    /** What was found, after the last piece; null when nothing was looked for. */
    @Nullable
    BodyModel model() {
        return model == null ? null : model.finish();
    }

    /** Hash over everything that was added. Call once, after the last piece. */
    PayloadHash finish() {
        return hasher.finish();
    }

    /** The pieces for one sending; each call of {@code next} hands over one reference. */
    Iterator<ByteBuf> copies() {
        Iterator<ByteBuf> source = pieces.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public ByteBuf next() {
                return source.next().retainedDuplicate();
            }
        };
    }

    /** Lets go of everything; safe to call again. */
    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        copy = null;
        budget.release(reservedBytes);
        reservedBytes = 0;
    }
}
