package io.bedrockproxy.server.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Netty's response decoder, stricter about status line and framing, and able to say two things that decide about reuse
 * and repetition: whether any byte of a response arrived, and whether bytes are left over behind it.
 */
final class ResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private boolean sawBytes;

    ResponseDecoder(int maxHeadBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(maxHeadBytes)
                .setMaxChunkSize(MAX_CHUNK_BYTES));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        sawBytes = true;
        super.channelRead(ctx, msg);
    }

    /** Whether a byte arrived since {@link #forgetBytes()}. */
    boolean hasSeenBytes() {
        return sawBytes;
    }

    /** Called when a request is sent on the connection. */
    void forgetBytes() {
        sawBytes = false;
    }

    /** Whether bytes wait undecoded: behind a complete response nothing may follow, as we never pipeline. */
    boolean hasLeftover() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        String version = new String(line, start, length, StandardCharsets.ISO_8859_1);
        boolean isIndented = start > 0 && line[start - 1] <= ' ';
        boolean isKnown = version.equals(HttpVersion.HTTP_1_1.text()) || version.equals(HttpVersion.HTTP_1_0.text());
        if (isIndented || !isKnown) {
            throw new IllegalArgumentException("a version other than HTTP/1.1 and HTTP/1.0");
        }
        return super.splitFirstWordInitialLine(line, start, length);
    }

    /** Three digits, the first of which names one of the five classes (RFC 9110 section 15). */
    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        if (length != 3 || line[start] < '1' || line[start] > '5') {
            throw new IllegalArgumentException("a status outside 100 to 599");
        }
        return super.splitSecondWordInitialLine(line, start, length);
    }

    /** Both framings at once is how responses are split (RFC 9112 section 6.3): refuse instead of choosing one. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
