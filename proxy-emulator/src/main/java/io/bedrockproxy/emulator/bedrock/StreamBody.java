package io.bedrockproxy.emulator.bedrock;

import io.bedrockproxy.emulator.http.AnswerBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A stream of events, one frame per piece, each made when it is due. */
final class StreamBody implements AnswerBody {
    private final AnswerShape shape;
    private final Generation generation;
    private final Duration pace;
    private final StreamEnd end;
    private final RandomGenerator random;
    private final List<StreamEvent> opening;
    private final List<StreamEvent> closing;
    private byte @Nullable [] uniform;
    private int position;
    private boolean exceptionSent;

    StreamBody(AnswerShape shape, Generation generation, Duration pace, StreamEnd end, RandomGenerator random) {
        this.shape = shape;
        this.generation = generation;
        this.pace = pace;
        this.end = end;
        this.random = random;
        this.opening = shape.opening(generation);
        this.closing = shape.closing(generation);
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public Duration pause() {
        return position == 0 ? Duration.ZERO : pace;
    }

    @Override
    public @Nullable ByteBuf next() {
        int words = generation.deltas().count();
        if (end instanceof StreamEnd.Early early && position >= early.afterFrames()) {
            return exception(early);
        }
        int index = position - opening.size();
        if (index >= words + closing.size()) {
            return null;
        }
        position++;
        if (index < 0) {
            return Unpooled.wrappedBuffer(opening.get(position - 1).frame(random));
        }
        return Unpooled.wrappedBuffer(
                index < words ? delta(index) : closing.get(index - words).frame(random));
    }

    private byte[] delta(int index) {
        byte[] frame = uniform;
        if (frame == null) {
            frame = shape.delta(generation, index, generation.deltas().get(index))
                    .frame(random);
            // From the second delta on they differ in nothing but padding.
            uniform = index > 0 && generation.deltas().isUniform() && !shape.isNumbered() ? frame : null;
        }
        return frame;
    }

    private @Nullable ByteBuf exception(StreamEnd.Early early) {
        String name = early.exception();
        if (name == null || exceptionSent) {
            return null;
        }
        exceptionSent = true;
        return Unpooled.wrappedBuffer(shape.exception(new ApiStyle.Fault(name, "The emulator was asked for this")));
    }

    @Override
    public boolean endsInCut() {
        return end instanceof StreamEnd.Early early && early.exception() == null;
    }
}
