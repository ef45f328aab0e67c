package io.bedrockproxy.server.relay;

import io.bedrockproxy.core.eventstream.SseTranscoder;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.core.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Copies one response down, as it comes. Created when the upstream's head arrives; ends exactly once, by a call on
 * {@link Ended}. On the exchange's event loop only.
 */
public final class ResponseRelay {
    /** Modelled in the union of every streaming operation, and documented as "retry the request". */
    private static final String CUT_EXCEPTION = "modelStreamErrorException";

    private final Downstream downstream;
    private final ExchangeRecord record;
    private final Ended ended;
    private final BodyFilter filter;
    private final FlowControl flowControl;
    private final StreamDeadline idleDeadline;
    private final @Nullable StreamDeadline pings;

    /** Told once when nothing more will be written; then the upstream is to be cancelled if it has not ended. */
    public interface Ended {
        /**
         * The relay is over.
         *
         * @param failure null when the response is whole, or when the client was the cause
         */
        void relayEnded(Outcome outcome, @Nullable Failure failure);
    }

    /**
     * Writes {@code head} and is ready for the body.
     *
     * @param readUpstream asks the upstream for one more read
     */
    public ResponseRelay(
            Downstream downstream,
            Runnable readUpstream,
            DownstreamHead head,
            RelayConfig config,
            ExchangeRecord record,
            Ended ended) {
        this.downstream = downstream;
        this.record = record;
        this.ended = ended;
        this.filter = head.newFilter(downstream.allocator());
        this.flowControl = new FlowControl(downstream, readUpstream);
        this.idleDeadline = new StreamDeadline(downstream.eventLoop(), config.streamIdle(), this::onSilence);
        this.pings = head.isServerSentEvents()
                ? new StreamDeadline(downstream.eventLoop(), config.pingInterval(), this::ping)
                : null;
        HttpResponse message = head.message();
        downstream.write(message);
    }

    /** Takes ownership of {@code chunk}. */
    public void chunk(ByteBuf chunk) {
        ByteBuf out = filter.accept(chunk);
        if (out != null) {
            writeBody(out);
        }
        String damage = filter.damage();
        if (damage != null) {
            cut(new Failure(
                    FailureKind.UPSTREAM_BROKEN,
                    "The stream from Bedrock is damaged.",
                    "damaged event stream: " + damage));
        }
    }

    private void writeBody(ByteBuf out) {
        record.addResponseBytes(out.readableBytes());
        downstream.write(new DefaultHttpContent(out));
    }

    /** One read of the upstream has been delivered. */
    public void readComplete() {
        idleDeadline.touch();
        // Only responses that outlast one read need a timer at all.
        idleDeadline.start();
        if (pings != null) {
            pings.touch();
            pings.start();
        }
        // Last, as flushing may find the client gone, which ends all this.
        flowControl.upstreamReadComplete();
    }

    /** The client has taken what was waiting. */
    public void downstreamWritable() {
        idleDeadline.touch();
        flowControl.downstreamWritable();
    }

    /** The upstream ended its message. */
    public void end() {
        BodyFilter.Tail tail = filter.end();
        writeTail(tail);
        done(
                tail.isWhole() && filter.damage() == null
                        ? null
                        : new Failure(
                                FailureKind.UPSTREAM_BROKEN,
                                "The stream from Bedrock ended too early.",
                                "event stream ended inside a frame"));
    }

    /** The upstream will send no more. */
    public void cut(Failure failure) {
        writeTail(filter.cut(CUT_EXCEPTION, failure.message()));
        done(failure);
    }

    private void writeTail(BodyFilter.Tail tail) {
        if (tail.bytes() != null) {
            writeBody(tail.bytes());
        }
        if (tail.isWhole()) {
            downstream.finish(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            downstream.abort();
        }
    }

    private void done(@Nullable Failure failure) {
        stop();
        record.streamException(filter.exceptionType());
        ended.relayEnded(failure == null ? Outcome.COMPLETE : Outcome.CUT, failure);
    }

    /** The exchange is over for another reason: writes nothing more. */
    public void stop() {
        idleDeadline.stop();
        if (pings != null) {
            pings.stop();
        }
    }

    private void onSilence() {
        if (flowControl.isPaused()) {
            stop();
            downstream.abort();
            ended.relayEnded(Outcome.CLIENT_STALLED, null);
        } else {
            cut(new Failure(
                    FailureKind.UPSTREAM_TIMEOUT, "Bedrock has sent nothing for too long.", "stream-idle passed"));
        }
    }

    private void ping() {
        if (downstream.isWritable()) {
            writeBody(Unpooled.wrappedBuffer(SseTranscoder.ping()));
            downstream.flush();
        }
    }
}
