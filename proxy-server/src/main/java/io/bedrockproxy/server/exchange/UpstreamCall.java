package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.server.upstream.ResponseConsumer;
import io.bedrockproxy.server.upstream.UpstreamConnection;
import io.bedrockproxy.server.upstream.UpstreamFailure;
import io.bedrockproxy.server.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to the upstream: connect, sign, send, and hand the response on. It signs only when it holds a connection,
 * with the time and the credentials of that moment. Two things make it send once more, each once, as every generation is
 * paid for: a pooled connection that turns out to be dead before a byte of the response, and an answer that refuses the
 * signature when another one is better. Such an answer is held until it is judged ({@link RefusalHold}), so nothing has
 * gone down by then.
 */
final class UpstreamCall implements RefusalHold.Call, UpstreamPool.Acquired {
    private static final UpstreamFailure UNSENDABLE =
            new UpstreamFailure(FailureKind.UPSTREAM_BROKEN, "the request cannot be written or signed", false);
    private static final UpstreamFailure NO_HEAD =
            new UpstreamFailure(FailureKind.UPSTREAM_TIMEOUT, "no response head in time", false);

    private final ExchangeServices services;
    private final EventLoop eventLoop;
    private final Admitted admitted;
    private final RequestBody body;
    private final PayloadHash payloadHash;
    private final Receiver receiver;
    private final ExchangeDeadlines deadlines;
    private final Endpoint endpoint;

    /** Set while a request is on its way or its response is being received. */
    private @Nullable UpstreamConnection connection;

    /** Listens to the connection in the call's place; null before anything is sent. */
    private @Nullable RefusalHold hold;

    private boolean repeated;
    private boolean signedAgain;
    private boolean hasHead;
    private boolean cancelled;

    /** What the exchange hears of its call. */
    interface Receiver extends ResponseConsumer {
        /** The credentials ran out while a connection was made: wait for new ones and call again. */
        void awaitCredentials();

        /** AWS has refused the first signature; there is a better one, with which the request is sent once more. */
        void onSignedAgain(Remedy why);
    }

    UpstreamCall(
            ExchangeServices services,
            EventLoop eventLoop,
            Admitted admitted,
            RequestBody body,
            PayloadHash payloadHash,
            Receiver receiver) {
        this.services = services;
        this.eventLoop = eventLoop;
        this.admitted = admitted;
        this.body = body;
        this.payloadHash = payloadHash;
        this.receiver = receiver;
        this.endpoint = admitted.endpoint();
        this.deadlines = new ExchangeDeadlines(eventLoop);
    }

    Admitted admitted() {
        return admitted;
    }

    RefreshingCredentials credentials() {
        return admitted.client().credentials();
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
        SessionCredentials credentials = cancelled ? null : credentials().current();
        if (credentials == null) {
            services.pool().release(acquired);
            if (!cancelled) {
                receiver.awaitCredentials();
            }
            return;
        }
        // The offset first: if it changes in between, a refusal is judged by the older one, and the request repeated.
        Duration clockOffset = services.refusals().clockOffset();
        Instant now = services.clock().instant();
        HttpRequest head = sign(credentials, now);
        if (head == null) {
            services.pool().release(acquired);
            receiver.onUpstreamFailure(UNSENDABLE);
            return;
        }
        SignedAttempt attempt = new SignedAttempt(admitted, payloadHash, credentials, now, clockOffset);
        RefusalHold consumer = new RefusalHold(
                answer -> services.refusals().judge(answer, attempt, services.signer()),
                eventLoop,
                deadlines,
                !signedAgain,
                this);
        hold = consumer;
        connection = acquired;
        deadlines.startResponseHead(services.config().responseHead(), () -> receiver.onUpstreamFailure(NO_HEAD));
        acquired.send(head, body.copies(), consumer);
    }

    /** Null when it cannot be done, which is a mistake of ours: an exception would leave the client without an answer. */
    private @Nullable HttpRequest sign(SessionCredentials credentials, Instant now) {
        try {
            return UpstreamRequest.sign(
                    services.signer(), admitted, payloadHash, body.receivedBytes(), credentials, now);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean isRequestWritten() {
        return connection != null && connection.isRequestWritten();
    }

    @Override
    public void onHeldEnd() {
        connection = null;
    }

    /** The form that was sent is what an operator needs to see: it is never quite the one that the client wrote. */
    @Override
    public void onUnknownOperation() {
        Route route = admitted.route();
        receiver.onUpstreamFailure(new UpstreamFailure(
                FailureKind.UNKNOWN_PATH, route.method() + ' ' + endpoint.authority() + route.path(), false));
    }

    @Override
    public void signAgain(Remedy why) {
        signedAgain = true;
        receiver.onSignedAgain(why);
        start();
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
        if (hold != null) {
            hold.stop();
        }
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
    }
}
