package io.bedrockproxy.server.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * Netty's response decoder, stricter in one rule and able to say two things that decide about reuse and repetition:
 * whether any byte of a response arrived, and whether bytes are left over behind it.
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

    /** Both framings at once is how responses are split (RFC 9112 section 6.3): refuse instead of choosing one. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}
