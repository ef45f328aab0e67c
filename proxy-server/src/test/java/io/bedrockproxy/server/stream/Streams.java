package io.bedrockproxy.server.stream;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.StreamEnd;
import java.nio.ByteBuffer;

/** What a client that checks every frame makes of a stream. */
final class Streams {
    private Streams() {}

    static StreamEnd end(byte[] body) {
        FrameScanner scanner = new FrameScanner();
        scanner.scan(ByteBuffer.wrap(body));
        return scanner.end();
    }
}
