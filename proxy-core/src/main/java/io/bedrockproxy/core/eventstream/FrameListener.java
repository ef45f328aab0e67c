package io.bedrockproxy.core.eventstream;

import java.nio.ByteBuffer;

/** Hears of the parts of each frame in order. What it heard counts only once {@link #frameEnd} follows. */
interface FrameListener {
    /** For a scanner that is asked for its verdict only. */
    FrameListener NONE = new FrameListener() {
        @Override
        public void payload(ByteBuffer part) {}

        @Override
        public void frameEnd(FrameHeaders headers) {}
    };

    /** Some of the payload; its checksum is not known yet. Borrows the buffer, whose position may be moved. */
    void payload(ByteBuffer part);

    /** The frame is complete and its checksums are right. */
    void frameEnd(FrameHeaders headers);
}
