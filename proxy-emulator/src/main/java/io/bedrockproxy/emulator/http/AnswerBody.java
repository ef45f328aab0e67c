package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of an answer, made piece by piece while the reader keeps up; confined to one event loop. */
public interface AnswerBody {
    /** The number of bytes, or -1 when it is not known before the end. */
    long length();

    /** How long to wait before the next piece. */
    Duration pause();

    /** The next piece, owned by the caller, or null at the end. */
    @Nullable
    ByteBuf next();

    /** Whether the end is a cut (a reset or a close before the last chunk) and not a regular end. */
    boolean endsInCut();
}
