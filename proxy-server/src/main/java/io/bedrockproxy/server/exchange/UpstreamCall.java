package io.bedrockproxy.server.exchange;

import static java.util.Objects.requireNonNull;

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
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request to the upstream: connect, sign, send, and hand the response on. It signs only when it holds a connection,
 * with the time and the credentials of that moment. Two things make it send once more, each once, as every generation is
 * paid for: a pooled connection that turns out to be dead before a byte of the response, and an answer that refuses the
 * signature when another one is better ({@link SignatureRefusals}). Such an answer is held until it is judged; one that
 * stands is handed on as it came. Nothing has gone down before.
 */
final class UpstreamCall implements ResponseConsumer, UpstreamPool.Acquired {
    private static final UpstreamFailure UNSENDABLE =
            new UpstreamFailure(FailureKind.UPSTREAM_BROKEN, "the request cannot be written or signed", false);

    /** An answer of some hundred bytes that is not whole by now is handed on as it comes. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(5);

    /** A judgement never takes longer than credentials do. */
    private static final Duration LONGEST_JUDGEMENT = Duration.ofSeconds(16);

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

    /** What it was signed with; null before. */
    private @Nullable SignedAttempt attempt;

    /** An answer that may refuse the signature, until it is judged. */
    private @Nullable HeldResponse held;

    private boolean repeated;
    private boolean signedAgain;

    /** Whether a refusal of the held answer's kind may lead to a second sending. */
    private boolean mayRepeat;

    private boolean hasHead;
    private boolean cancelled;

    /** What the exchange hears of its call. */
    interface Receiver extends ResponseConsumer {
        /** The credentials ran out while a connection was made: wait for new ones and call again. */
        void awaitCredentials();

        /** AWS has refused the first signature; there is a better one, with which the request is sent once more. */
        void onSignedAgain(Remedy why);

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
        this.eventLoop = eventLoop;
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
        // The offset first: if it changes in between, a refusal is judged by the older one, and the request repeated.
        Duration clockOffset = services.refusals().clockOffset();
        Instant now = services.clock().instant();
        HttpRequest head = sign(credentials, now);
        if (head == null) {
            services.pool().release(acquired);
            receiver.onUpstreamFailure(UNSENDABLE);
            return;
        }
        attempt = new SignedAttempt(admitted, payloadHash, credentials, now, clockOffset);
        connection = acquired;
        deadlines.startResponseHead(services.config().responseHead(), receiver::onHeadTimeout);
        acquired.send(head, body.copies(), this);
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
    public void onResponseHead(HttpResponse head) {
        if (SignatureRefusals.isWorthHolding(head)) {
            held = new HeldResponse(head);
            // What was not sent whole is not repeated: the client may still be sending it, or AWS has had enough of it.
            mayRepeat = !signedAgain && connection != null && connection.isRequestWritten();
            deadlines.startStep(LONGEST_HOLD, this::onHoldTimeout);
        } else {
            pass(head);
        }
    }

    /** The request need not be kept any longer, once it is sent: nothing is repeated when a response has begun. */
    private void pass(HttpResponse head) {
        deadlines.stop();
        hasHead = true;
        if (connection == null || !connection.isSending()) {
            body.release();
        }
        receiver.onResponseHead(head);
    }

    @Override
    public void onResponseChunk(ByteBuf chunk) {
        if (held != null && held.add(chunk)) {
            return;
        }
        if (held != null) {
            passHeld(held);
        }
        if (cancelled) {
            chunk.release();
        } else {
            receiver.onResponseChunk(chunk);
        }
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
        if (held == null) {
            receiver.onResponseEnd();
        } else {
            held.end();
            judge(held);
        }
    }

    /** Credentials may have to be fetched; meanwhile the client waits, and may go away. */
    private void judge(HeldResponse answer) {
        CompletionStage<Remedy> remedy = services.refusals().judge(answer, requireNonNull(attempt), services.signer());
        if (mayRepeat) {
            deadlines.startStep(LONGEST_JUDGEMENT, () -> passHeld(answer));
            // Never at once: the connection goes back to its pool when this read of it is over.
            remedy.whenComplete((what, never) -> eventLoop.execute(() -> onJudged(answer, what)));
        } else {
            passHeld(answer);
        }
    }

    private void onJudged(HeldResponse answer, Remedy remedy) {
        if (held != answer) {
            return; // Too late, or nobody waits.
        }
        if (remedy == Remedy.NONE) {
            passHeld(answer);
            return;
        }
        deadlines.stop();
        answer.release();
        held = null;
        signedAgain = true;
        receiver.onSignedAgain(remedy);
        start();
    }

    private void onHoldTimeout() {
        if (held != null) {
            passHeld(held);
            onResponseReadComplete();
        }
    }

    /** Hands on what has come of an answer, as it came. Each call may find the client gone. */
    private void passHeld(HeldResponse answer) {
        held = null;
        pass(answer.head());
        ByteBuf begun = answer.takeBody();
        if (cancelled) {
            ReferenceCountUtil.release(begun);
            return;
        }
        if (begun != null) {
            receiver.onResponseChunk(begun);
        }
        if (answer.isEnded() && !cancelled) {
            receiver.onResponseEnd();
        }
    }

    @Override
    public void onUpstreamFailure(UpstreamFailure failure) {
        connection = null;
        deadlines.stop();
        if (held != null) {
            passHeld(held);
        }
        if (cancelled) {
            return;
        }
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
        if (held != null) {
            held.release();
            held = null;
        }
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
    }
}
