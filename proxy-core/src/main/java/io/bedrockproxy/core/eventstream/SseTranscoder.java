package io.bedrockproxy.core.eventstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event stream into Server-Sent Events, frame by frame, so that a terminal or a browser can read it. It holds
 * one frame at most, and shows a frame only after its checksums proved right. Not thread-safe.
 *
 * <p>The first exception is the last event: an exception or error frame, damage, or what {@link #fail} is told.
 */
public final class SseTranscoder {
    /** What Bedrock calls a stream that broke half-way; its documentation says to retry the request. */
    private static final String BROKEN_STREAM = "modelStreamErrorException";

    private static final String EXCEPTION_EVENT = "exception";
    private static final String PING = ": ping\n\n";

    private final FrameScanner scanner = new FrameScanner(new Frames());
    private final GrowingBuffer payload = new GrowingBuffer(4096);
    private final SseWriter events = new SseWriter();
    /** How the stream failed; null as long as it did not. */
    private @Nullable StreamEnd failure;

    /** Makes a transcoder that stands at the beginning of a stream. */
    public SseTranscoder() {}

    /** A comment that keeps a silent connection alive. */
    public static byte[] ping() {
        return PING.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes the next chunk, cut anywhere; borrows it.
     *
     * @param out is given the events that it completes, all in one piece; not called when there are none
     */
    public void accept(ByteBuffer chunk, Consumer<byte[]> out) {
        if (scanner.scan(chunk) instanceof ScanResult.Corrupt && failure == null) {
            show(StreamEnd.CORRUPT, "The upstream's event stream is damaged");
        }
        flush(out);
    }

    /** The upstream ended its answer regularly: shows an exception if that was in the middle of a frame. */
    public void finish(Consumer<byte[]> out) {
        if (failure == null && !scanner.atFrameBoundary()) {
            show(StreamEnd.TRUNCATED, "The upstream's event stream ended in the middle of a frame");
        }
        flush(out);
    }

    /** The stream cannot go on: shows an exception unless one was shown before. */
    public void fail(String exceptionType, String message, Consumer<byte[]> out) {
        if (failure == null) {
            show(StreamEnd.TRUNCATED, ExceptionJson.typed(exceptionType, message));
        }
        flush(out);
    }

    /** Whether an exception was shown, so that whatever else comes is ignored. */
    public boolean isFailed() {
        return failure != null;
    }

    /** What it would mean if no more bytes came. */
    public StreamEnd end() {
        return failure != null ? failure : scanner.end();
    }

    /** How many whole and valid frames went by. */
    public long frames() {
        return scanner.frames();
    }

    /** The name of the upstream's exception or error; null when none came. */
    public @Nullable String exceptionType() {
        return scanner.exceptionType();
    }

    private void showFrame(FrameHeaders headers) {
        if (headers.isFailure()) {
            show(StreamEnd.EXCEPTION, exceptionData(headers));
        } else if (headers.eventType() != null) {
            showEvent(headers.eventType());
        }
    }

    private void showEvent(String type) {
        switch (type) {
            case "initial-response" -> {
                // Belongs to other protocols than Bedrock's, and has no content.
            }
            case "chunk" -> {
                byte[] model = ChunkPayload.decode(payload.array(), payload.size());
                if (model == null) {
                    show(StreamEnd.CORRUPT, "A chunk of the upstream's event stream cannot be decoded");
                } else {
                    events.event(type, model, model.length);
                }
            }
            default -> events.event(type, payload.array(), payload.size());
        }
    }

    private byte[] exceptionData(FrameHeaders headers) {
        return headers.errorMessage() == null
                ? ExceptionJson.typed(headers.failureType(), payload.array(), payload.size())
                : ExceptionJson.typed(headers.failureType(), headers.errorMessage());
    }

    private void show(StreamEnd end, String message) {
        show(end, ExceptionJson.typed(BROKEN_STREAM, message));
    }

    private void show(StreamEnd end, byte[] exception) {
        failure = end;
        events.event(EXCEPTION_EVENT, exception, exception.length);
    }

    private void flush(Consumer<byte[]> out) {
        byte[] ready = events.take();
        if (ready.length > 0) {
            out.accept(ready);
        }
    }

    /** Collects a frame, and shows it once it is known to be right. */
    private final class Frames implements FrameListener {
        @Override
        public void payload(ByteBuffer part) {
            if (failure == null) {
                payload.append(part);
            }
        }

        @Override
        public void frameEnd(FrameHeaders headers) {
            if (failure == null) {
                showFrame(headers);
            }
            payload.clear();
        }
    }
}
