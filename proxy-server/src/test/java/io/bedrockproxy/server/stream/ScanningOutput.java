package io.bedrockproxy.server.stream;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.StreamEnd;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Checks an event stream that is too big to be kept: every frame has two checksums. */
final class ScanningOutput extends OutputStream {
    private final FrameScanner scanner = new FrameScanner();
    private long bytes;

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        scanner.scan(ByteBuffer.wrap(buffer, offset, length));
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    long frames() {
        return scanner.frames();
    }

    StreamEnd end() {
        return scanner.end();
    }
}
