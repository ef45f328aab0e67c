package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.server.upstream.ResponseConsumer;
import io.bedrockproxy.server.upstream.UpstreamConnection;
import io.bedrockproxy.server.upstream.UpstreamFailure;
import io.bedrockproxy.server.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One signed request to the upstream: connect, sign, send, and hand the response on. It signs only when it holds a
 * connection, with the time and the credentials of that moment. A pooled connection that turns out to be dead before a
 * byte of the response is replaced once; nothing else is ever sent twice, as every generation is paid for.
 */
final class UpstreamCall implements ResponseConsumer, UpstreamPool.Acquired {
    private static final UpstreamFailure UNSENDABLE =
            new UpstreamFailure(FailureKind.UPSTREAM_BROKEN, "the request cannot be written or signed", false);

    private final ExchangeServices services;
    private final Admitted admitted;
    private final RequestBody body;
    private final PayloadHash payloadHash;
    private final Receiver receiver;
    private final ExchangeDeadlines deadlines;
    private final Endpoint endpoint;

    /** Set while a request is on its way or its response is being received. */
    private @Nullable UpstreamConnection connection;

    private boolean repeated;
    private boolean hasHead;
    private boolean cancelled;

    /** What the exchange hears of its call. */
    interface Receiver extends ResponseConsumer {
        /** The credentials ran out while a connection was made: wait for new ones and call again. */
        void awaitCredentials();

        /** The head has not come within {@code timeouts.response-head}. */
        void onHeadTimeout();
    }

    UpstreamCall(
            ExchangeServices services,
            EventLoop eventLoop,
            Admitted admitted,
            RequestBody body,
            PayloadHash payloadHash,
            Receiver receiver) {
        this.services = services;
        this.admitted = admitted;
        this.body = body;
        this.payloadHash = payloadHash;
        this.receiver = receiver;
        this.endpoint = admitted.endpoint();
        this.deadlines = new ExchangeDeadlines(eventLoop);
    }

    /** Starts; the outcome comes as calls on the receiver, possibly before this method returns. */
    void start() {
        UpstreamConnection pooled = services.pool().acquireNow(endpoint);
        if (pooled != null) {
            onConnection(pooled);
        } else {
            services.pool().acquireLater(endpoint, this);
        }
    }

    @Override
    public void onConnectFailure(UpstreamFailure failure) {
        if (!cancelled) {
            receiver.onUpstreamFailure(failure);
        }
    }

    @Override
    public void onConnection(UpstreamConnection acquired) {
        SessionCredentials credentials =
                cancelled ? null : admitted.client().credentials().current();
        if (credentials == null) {
            services.pool().release(acquired);
            if (!cancelled) {
                receiver.awaitCredentials();
            }
            return;
        }
        HttpRequest head = sign(credentials);
        if (head == null) {
            services.pool().release(acquired);
            receiver.onUpstreamFailure(UNSENDABLE);
            return;
        }
        connection = acquired;
        deadlines.startResponseHead(services.config().responseHead(), receiver::onHeadTimeout);
        acquired.send(head, body.copies(), this);
    }

    /** Null when it cannot be done, which is a mistake of ours: an exception would leave the client without an answer. */
    private @Nullable HttpRequest sign(SessionCredentials credentials) {
        try {
            return UpstreamRequest.sign(
                    services.signer(),
                    admitted,
                    payloadHash,
                    body.receivedBytes(),
                    credentials,
                    services.clock().instant());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The request need not be kept any longer, once it is sent: nothing is repeated when a response has begun. */
    @Override
    public void onResponseHead(HttpResponse head) {
        deadlines.stop();
        hasHead = true;
        if (connection == null || !connection.isSending()) {
            body.release();
        }
        receiver.onResponseHead(head);
    }

    @Override
    public void onResponseChunk(ByteBuf chunk) {
        receiver.onResponseChunk(chunk);
    }

    @Override
    public void onResponseReadComplete() {
        if (hasHead) {
            receiver.onResponseReadComplete();
        } else {
            read();
        }
    }

    @Override
    public void onResponseEnd() {
        connection = null;
        receiver.onResponseEnd();
    }

    @Override
    public void onUpstreamFailure(UpstreamFailure failure) {
        connection = null;
        deadlines.stop();
        if (failure.isUnprocessed() && !repeated) {
            repeated = true;
            services.pool().acquireLater(endpoint, this);
        } else {
            receiver.onUpstreamFailure(failure);
        }
    }

    /** Asks for more of the response: the relay's back-pressure. */
    void read() {
        if (connection != null) {
            connection.read();
        }
    }

    /** Gives up, whatever stage it is in; nothing is reported any more. Safe to call again. */
    void cancel() {
        cancelled = true;
        deadlines.stop();
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
    }
}
