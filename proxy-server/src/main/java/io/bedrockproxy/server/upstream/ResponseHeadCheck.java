package io.bedrockproxy.server.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response head must not be, though a decoder can read it. Where framing can be read in two ways, somebody behind us
 * reads it in the other one; so nothing is guessed.
 */
final class ResponseHeadCheck {
    /** Bedrock's answers have about fifteen; each costs its names and values in objects as well as in bytes. */
    private static final int MAX_FIELDS = 256;

    private ResponseHeadCheck() {}

    /** What is wrong; null when nothing is. */
    static @Nullable String fault(HttpResponse head) {
        if (head.headers().size() > MAX_FIELDS) {
            return "more than " + MAX_FIELDS + " header fields";
        }
        List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return null;
        }
        // RFC 9112 section 6.1: none in HTTP/1.0; and any but chunked, which we never ask for, would have to be
        // decoded.
        boolean isChunked = codings.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return isChunked ? null : "a transfer encoding other than chunked";
    }
}
