package io.bedrockproxy.core.eventstream;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Watches the frames of an event stream go by; never changes a byte. Chunks may be cut anywhere. It remembers at most
 * the headers of one frame, and does constant work per byte. Not thread-safe.
 */
public final class FrameScanner {
    /** Which field of a frame the next byte belongs to. */
    private enum Field {
        PRELUDE,
        HEADERS,
        PAYLOAD,
        CHECKSUM
    }

    private static final FrameHeaders NO_HEADERS = new FrameHeaders(null, null, null, null, null);

    private final FrameListener listener;
    private final CRC32 crc = new CRC32();
    private final ByteBuffer fixed = ByteBuffer.allocate(Prelude.LENGTH);
    private final GrowingBuffer headerBlock = new GrowingBuffer(256);
    private Field field = Field.PRELUDE;
    /** Bytes of the current field that have not come yet. */
    private int missing = Prelude.LENGTH;

    private int payloadBytes;
    private FrameHeaders headers = NO_HEADERS;
    private long frames;
    private @Nullable String exceptionType;
    /** Null as long as the stream is valid. */
    private @Nullable String fault;

    /** Makes a scanner that stands at the beginning of a stream. */
    public FrameScanner() {
        this(FrameListener.NONE);
    }

    FrameScanner(FrameListener listener) {
        this.listener = listener;
    }

    /** Looks at the next chunk; borrows it and moves its position to its limit. */
    public ScanResult scan(ByteBuffer chunk) {
        int start = chunk.position();
        int limit = chunk.limit();
        int frameStart = atFrameBoundary() ? start : -1;
        while (fault == null && chunk.hasRemaining()) {
            int end = chunk.position() + Math.min(missing, chunk.remaining());
            missing -= end - chunk.position();
            take(chunk.limit(end));
            chunk.position(end).limit(limit);
            while (fault == null && missing == 0) {
                endField();
            }
            if (atFrameBoundary()) {
                frameStart = end;
            }
        }
        chunk.position(limit);
        if (fault == null) {
            return ScanResult.Valid.INSTANCE;
        }
        return new ScanResult.Corrupt(fault, frameStart < 0 ? -1 : frameStart - start);
    }

    /** Whether the stream is valid and may end here. */
    public boolean atFrameBoundary() {
        return fault == null && field == Field.PRELUDE && missing == Prelude.LENGTH;
    }

    /** How many whole and valid frames went by. */
    public long frames() {
        return frames;
    }

    /** The name of the first exception or error frame; null when none came. */
    public @Nullable String exceptionType() {
        return exceptionType;
    }

    /** What it would mean if no more bytes came; damage outweighs an exception seen before. */
    public StreamEnd end() {
        if (fault != null) {
            return StreamEnd.CORRUPT;
        }
        if (!atFrameBoundary()) {
            return StreamEnd.TRUNCATED;
        }
        return exceptionType == null ? StreamEnd.CLEAN : StreamEnd.EXCEPTION;
    }

    /** Takes bytes of one field only, so it may move the position at will. */
    private void take(ByteBuffer part) {
        switch (field) {
            case PRELUDE, CHECKSUM -> fixed.put(part);
            case HEADERS -> {
                updateChecksum(part);
                headerBlock.append(part);
            }
            case PAYLOAD -> {
                updateChecksum(part);
                listener.payload(part);
            }
        }
    }

    private void updateChecksum(ByteBuffer part) {
        int from = part.position();
        crc.update(part);
        part.position(from);
    }

    private void endField() {
        switch (field) {
            case PRELUDE -> endPrelude(fixed.flip());
            case HEADERS -> endHeaders();
            case PAYLOAD -> expect(Field.CHECKSUM, 4);
            case CHECKSUM -> endFrame(fixed.flip());
        }
    }

    private void endPrelude(ByteBuffer prelude) {
        crc.update(prelude.slice(0, 8));
        long totalBytes = Integer.toUnsignedLong(prelude.getInt());
        long headersBytes = Integer.toUnsignedLong(prelude.getInt());
        if (prelude.getInt() != (int) crc.getValue()) {
            fault = "prelude checksum";
            return;
        }
        fault = Prelude.fault(totalBytes, headersBytes);
        if (fault != null) {
            return;
        }
        crc.update(prelude.slice(8, 4));
        payloadBytes = (int) (totalBytes - Prelude.OVERHEAD - headersBytes);
        expect(Field.HEADERS, (int) headersBytes);
    }

    private void endHeaders() {
        FrameHeaders parsed = HeaderBlock.parse(headerBlock.array(), headerBlock.size());
        headerBlock.clear();
        if (parsed == null) {
            fault = "header block";
            return;
        }
        headers = parsed;
        expect(Field.PAYLOAD, payloadBytes);
    }

    private void endFrame(ByteBuffer checksum) {
        if (checksum.getInt() != (int) crc.getValue()) {
            fault = "message checksum";
            return;
        }
        crc.reset();
        frames++;
        if (exceptionType == null && headers.isFailure()) {
            exceptionType = headers.failureType();
        }
        expect(Field.PRELUDE, Prelude.LENGTH);
        listener.frameEnd(headers);
    }

    private void expect(Field next, int bytes) {
        field = next;
        missing = bytes;
        fixed.clear();
    }
}
