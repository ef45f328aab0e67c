package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an endpoint, used by one exchange at a time, always on its own event loop (so no field here is
 * volatile). The response is read only when asked for: {@link #read()} is the whole back-pressure.
 */
public final class UpstreamConnection {
    /** Longer than any round trip, shorter than most generations. */
    private static final Duration STALE_AFTER_SENDING = Duration.ofSeconds(1);

    private final UpstreamPool pool;
    private final Endpoint endpoint;
    private final Channel channel;
    private final ResponseDecoder decoder;
    private final UpstreamHandler handler;

    /** What of the request's body is still to be written; null when nothing is. */
    private @Nullable Iterator<ByteBuf> unsent;

    private boolean continuing;
    private boolean requestWritten;
    private boolean reused;
    private long idleSinceNanos;
    private long sentNanos;

    UpstreamConnection(UpstreamPool pool, Endpoint endpoint, Channel channel, ResponseDecoder decoder) {
        this.pool = pool;
        this.endpoint = endpoint;
        this.channel = channel;
        this.decoder = decoder;
        this.handler = new UpstreamHandler(this, decoder);
    }

    UpstreamHandler handler() {
        return handler;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether an idle connection can serve: still open, and no byte came that nobody had asked for. */
    boolean isUsable() {
        return channel.isActive() && !decoder.hasSeenBytes();
    }

    /**
     * Whether a failure now, with no byte of a response seen, is the death of a stale connection and not of a request
     * that the server works on: it comes as soon as the first packet has been there and back.
     */
    boolean isStale() {
        return reused
                && !decoder.hasSeenBytes()
                && channel.eventLoop().ticker().nanoTime() - sentNanos < STALE_AFTER_SENDING.toNanos();
    }

    /** While idle the socket is watched, so that a close by the server is noticed before the next use. */
    void enterIdle(long nowNanos) {
        idleSinceNanos = nowNanos;
        decoder.forgetBytes();
        channel.config().setAutoRead(true);
    }

    void leaveIdle() {
        reused = true;
        channel.config().setAutoRead(false);
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    /**
     * Sends one request and starts to read its response.
     *
     * @param head with its {@code Content-Length}
     * @param body pieces of which this method takes ownership one by one as it asks for them; written only as fast as
     *     the socket takes them, so that encryption never doubles a large body in memory
     * @param consumer receives the response on this event loop
     */
    public void send(HttpRequest head, Iterator<ByteBuf> body, ResponseConsumer consumer) {
        assert channel.eventLoop().inEventLoop();
        handler.expectResponse(consumer);
        requestWritten = false;
        sentNanos = channel.eventLoop().ticker().nanoTime();
        unsent = body;
        channel.write(head, channel.voidPromise());
        continueRequest();
        read();
    }

    /** Writes on while the socket takes it; called again when it does, which may be from within a flush made here. */
    void continueRequest() {
        Iterator<ByteBuf> body = unsent;
        if (body == null || continuing) {
            return;
        }
        continuing = true;
        while (isUnsent(body) && body.hasNext() && channel.isWritable()) {
            channel.write(new DefaultHttpContent(body.next()), channel.voidPromise());
            if (!channel.isWritable()) {
                channel.flush();
            }
        }
        // A write or a flush may fail at once and report it, which ends the request.
        if (isUnsent(body) && !body.hasNext()) {
            unsent = null;
            requestWritten = true;
            channel.write(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
        }
        continuing = false;
        channel.flush();
    }

    private boolean isUnsent(Iterator<ByteBuf> body) {
        return Objects.equals(unsent, body);
    }

    /** Whether pieces of the request's body may still be asked for. */
    public boolean isSending() {
        return unsent != null;
    }

    /** Whether the request was written to its end; what an answer has cut short was not. */
    public boolean isRequestWritten() {
        return requestWritten;
    }

    /** Nothing more of the request is wanted, and the connection cannot be used again if that was not all of it. */
    void stopSending() {
        unsent = null;
    }

    /** Asks for one more read of the socket. */
    public void read() {
        channel.read();
    }

    /** The exchange is over for another reason than this connection's: drops it and everything still to come. */
    public void cancel() {
        handler.forgetConsumer();
        stopSending();
        channel.close();
    }

    void responseEnded(boolean reusable) {
        if (reusable && requestWritten && channel.isActive()) {
            pool.release(this);
        } else {
            channel.close();
        }
    }

    void close() {
        channel.close();
    }
}
