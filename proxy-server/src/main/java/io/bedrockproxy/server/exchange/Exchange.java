package io.bedrockproxy.server.exchange;

import static java.util.Objects.requireNonNull;

import io.bedrockproxy.core.credentials.CredentialsResult;
import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.core.telemetry.Outcome;
import io.bedrockproxy.server.relay.Downstream;
import io.bedrockproxy.server.relay.DownstreamHead;
import io.bedrockproxy.server.relay.ResponseRelay;
import io.bedrockproxy.server.upstream.UpstreamFailure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request from first byte to last, in the order of this file: admit the head, collect the body, judge the model that
 * it names, wait for credentials, call the upstream (connect, sign, send), relay the response. The page to read first.
 *
 * <p>It waits in three places only: for the body, for credentials, for the upstream (and holds back the answer to a
 * failed authentication). Everything runs on the downstream connection's event loop, upstream included, so no field is
 * volatile and no step needs a lock. A step hands over to the next by calling it; one that fails calls {@link #refuse}
 * (nothing has gone down yet) or lets the relay show it (something has). {@link #complete} runs exactly once.
 */
final class Exchange implements UpstreamCall.Receiver, ResponseRelay.Ended {
    private final ExchangeServices services;
    private final Downstream downstream;
    private final ExchangeRecord record;
    private final Runnable onComplete;
    private final RequestBody body;
    private final ExchangeDeadlines bodyDeadlines;

    private ExchangePhase phase = ExchangePhase.HEAD;
    private boolean requestIsRead;
    private Admission.@Nullable Passed passed; // set when the head has passed; Admitted when the body is complete
    private @Nullable UpstreamCall call; // set when the body is complete
    private @Nullable ResponseRelay relay; // set when the upstream's head has arrived

    /** @param onComplete called once, when the last byte was written or nothing more can be */
    Exchange(ExchangeServices services, Downstream downstream, ExchangeRecord record, Runnable onComplete) {
        this.services = services;
        this.downstream = downstream;
        this.record = record;
        this.onComplete = onComplete;
        this.body = new RequestBody(services.config().maxBodyBytes(), services.budget(), downstream.allocator());
        this.bodyDeadlines = new ExchangeDeadlines(downstream.eventLoop());
        services.open().begin();
    }

    /** Judges the head: who is it, what for, may they. Nothing of the body is looked at before. */
    void start(HttpRequest head) {
        requestIsRead = head instanceof LastHttpContent; // HTTP/2, no body
        Admission.Verdict verdict = services.admission().admit(head, record, services.clock());
        if (verdict instanceof Admission.Passed mayCome) {
            collectBody(mayCome);
        } else if (verdict instanceof Admission.Refused refused) {
            refuse(refused);
        } else {
            LocalReply.greet(downstream, record, services.clock());
            complete(Outcome.LOCAL_REPLY, null);
        }
    }

    private void collectBody(Admission.Passed head) {
        passed = head;
        Failure noRoom = body.expect(head.contentLength(), head.takesBody(), head.modelKey());
        if (noRoom != null) {
            refuse(noRoom);
            return;
        }
        phase = ExchangePhase.BODY;
        if (head.expectsContinue()) {
            downstream.sendContinue(LocalReply.continueResponse());
        }
        downstream.read();
    }

    /** Takes ownership of {@code piece}; a piece that comes after a refusal is dropped. */
    void onBodyPiece(ByteBuf piece) {
        if (phase != ExchangePhase.BODY) {
            piece.release();
            return;
        }
        record.addRequestBytes(piece.readableBytes());
        bodyDeadlines.bodyProgress();
        Failure refused = body.add(piece);
        if (refused != null) {
            refuse(refused);
        }
    }

    /** A read of the downstream is over; if the body is not, it is waited for with a deadline from now on. */
    void onBodyReadComplete() {
        if (phase == ExchangePhase.BODY) {
            String message = "The request body did not arrive in time.";
            bodyDeadlines.startBody(services.config(), () -> onBodyFailure(FailureKind.SLOW_REQUEST, message));
        }
    }

    /** The rest of the body cannot be waited for, or not be told from the next request. */
    void onBodyFailure(FailureKind kind, String message) {
        downstream.closeAfterwards();
        if (phase == ExchangePhase.BODY) {
            refuse(Failure.of(kind, message));
        }
    }

    /** The last byte of the request has arrived, and with it perhaps the name of the model: the second judgement. */
    void onBodyEnd() {
        requestIsRead = true;
        if (phase == ExchangePhase.BODY) {
            bodyDeadlines.stop();
            PayloadHash hash = body.finish();
            Admission.Verdict verdict = services.admission().onBody(requireNonNull(passed), hash, body, record);
            if (verdict instanceof Admitted known) {
                passed = known;
                call = new UpstreamCall(services, downstream.eventLoop(), known, body, hash, this);
                awaitCredentials();
            } else {
                refuse((Admission.Refused) verdict);
            }
        }
    }

    @Override
    public void awaitCredentials() {
        phase = ExchangePhase.CREDENTIALS;
        RefreshingCredentials credentials = requireNonNull(call).credentials();
        if (credentials.current() == null) {
            credentials.next().whenCompleteAsync((result, never) -> onCredentials(result), downstream.eventLoop());
        } else {
            callUpstream();
        }
    }

    private void onCredentials(CredentialsResult result) {
        if (phase == ExchangePhase.CREDENTIALS && result instanceof CredentialsResult.Failed failed) {
            refuse(failed.failure());
        } else if (phase == ExchangePhase.CREDENTIALS) {
            callUpstream();
        }
    }

    private void callUpstream() {
        phase = ExchangePhase.CALL;
        requireNonNull(call).start();
    }

    @Override
    public void onSignedAgain(Remedy why) {
        record.retry(why.label());
    }

    @Override
    public void onResponseHead(HttpResponse head) {
        phase = ExchangePhase.RELAY;
        record.responseHead(head.status().code(), head.headers().get("x-amzn-requestid"));
        boolean rewritten = requireNonNull(call).admitted().wantsServerSentEvents();
        DownstreamHead down = DownstreamHead.of(head, downstream, services.responseHeaders(), rewritten);
        relay = new ResponseRelay(downstream, call::read, down, services.relayConfig(), record, this);
    }

    @Override
    public void onResponseChunk(ByteBuf chunk) {
        requireNonNull(relay).chunk(chunk);
    }

    @Override
    public void onResponseReadComplete() {
        requireNonNull(relay).readComplete();
    }

    @Override
    public void onResponseEnd() {
        requireNonNull(relay).end();
    }

    /** Before the response has begun the client gets a whole answer; after that, a visible cut. */
    @Override
    public void onUpstreamFailure(UpstreamFailure failure) {
        if (relay != null) {
            relay.cut(failure.toFailure());
        } else {
            refuse(failure.toFailure());
        }
    }

    @Override
    public void relayEnded(Outcome outcome, @Nullable Failure failure) {
        complete(outcome, failure);
    }

    /** The client is gone: whatever the upstream still does for it costs money. */
    void onDownstreamGone() {
        complete(Outcome.CLIENT_GONE, null);
    }

    void onDownstreamWritable() {
        if (phase == ExchangePhase.RELAY) {
            requireNonNull(relay).downstreamWritable();
        }
    }

    private void refuse(Failure failure) {
        refuse(new Admission.Refused(failure, requireNonNull(passed).errorShape(), null));
    }

    /** Answers in the upstream's place, perhaps later. Only while nothing of a response has gone down. */
    private void refuse(Admission.Refused refused) {
        phase = ExchangePhase.REFUSED;
        services.failed().answer(refused, downstream, body, this::reply);
    }

    private void reply(Admission.Refused refused) {
        if (phase == ExchangePhase.REFUSED) {
            LocalReply.write(downstream, refused.failure(), refused.shape(), refused.allow(), record, services.clock());
            complete(Outcome.LOCAL_REPLY, refused.failure());
        }
    }

    /** Once only: writing the end of one outcome may be what finds out about another, that the client is gone. */
    private void complete(Outcome outcome, @Nullable Failure failure) {
        if (phase == ExchangePhase.DONE) {
            return;
        }
        phase = ExchangePhase.DONE;
        bodyDeadlines.stop();
        if (relay != null) {
            relay.stop();
        }
        if (call != null) {
            call.cancel();
        }
        body.release();
        services.open().end();
        services.accessLog().write(record.finish(outcome, failure));
        onComplete.run();
    }

    /** Else the rest has to be dropped before the connection can go on. */
    boolean isRequestRead() {
        return requestIsRead;
    }
}
