package io.bedrockproxy.emulator.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * How the answer to one request is framed.
 *
 * @param http2 a stream of its own
 * @param http10 no chunks: an answer of unknown length ends with the connection
 * @param keepAlive whether the connection serves further requests
 */
record Framing(boolean http2, boolean http10, boolean keepAlive) {
    static final Framing HTTP_2 = new Framing(true, false, true);

    /** What an HTTP/1 request asks for. */
    static Framing http1(HttpRequest request) {
        boolean http10 = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        return new Framing(false, http10, !http10 && HttpUtil.isKeepAlive(request));
    }
}
