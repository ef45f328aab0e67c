package io.bedrockproxy.server.listener;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Netty's request decoder without its leniency: exactly one space between the three words of a request line, nothing in
 * front of them, and a version spelled as RFC 9112 section 2.3 spells it. A peer that reads such a line otherwise than we
 * do is how requests are smuggled.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    /** Where the word before ended, in the line that is being split. */
    private int wordEnd;

    StrictRequestDecoder(int maxHeadBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeadBytes)
                .setMaxHeaderSize(maxHeadBytes)
                .setMaxChunkSize(MAX_CHUNK_BYTES));
    }

    /** Whichever of the two we chose, somebody in front of us may choose the other (RFC 9112 section 6.3, rule 3). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new MalformedHead("both Transfer-Encoding and Content-Length");
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        if (start > 0 && line[start - 1] <= ' ') {
            throw new MalformedHead("white space before its method");
        }
        wordEnd = start + length;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        requireOneSpace(line, start);
        wordEnd = start + length;
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        requireOneSpace(line, start);
        String version = new String(line, start, length, StandardCharsets.ISO_8859_1);
        if (!version.equals(HttpVersion.HTTP_1_1.text()) && !version.equals(HttpVersion.HTTP_1_0.text())) {
            throw new MalformedHead("a version other than HTTP/1.1 and HTTP/1.0");
        }
        return super.splitThirdWordInitialLine(line, start, length);
    }

    private void requireOneSpace(byte[] line, int start) {
        if (start != wordEnd + 1 || line[wordEnd] != ' ') {
            throw new MalformedHead("more than one space between the words of its first line");
        }
    }
}
