package io.bedrockproxy.server.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/** Receives one response, part by part, on the connection's event loop. Exactly one of the last two methods ends it. */
public interface ResponseConsumer {
    /** The head of the final response; 1xx heads never arrive here. */
    void onResponseHead(HttpResponse head);

    /** A piece of the body. Takes ownership of {@code chunk}. */
    void onResponseChunk(ByteBuf chunk);

    /** Everything that one read of the socket brought has been delivered: the moment to flush, and to read again. */
    void onResponseReadComplete();

    /** The response is complete by HTTP's rules. */
    void onResponseEnd();

    /** The response will not be completed; the connection is closed or being closed. */
    void onUpstreamFailure(UpstreamFailure failure);
}
