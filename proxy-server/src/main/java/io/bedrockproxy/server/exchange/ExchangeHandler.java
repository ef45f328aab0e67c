package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.telemetry.ExchangeRecord;
import io.bedrockproxy.server.relay.Downstream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last handler of a downstream pipeline: turns HTTP objects into calls on one {@link Exchange} at a time. Belongs
 * behind a gate that lets one object through for each {@code read()}, so that nothing of a request arrives that nobody
 * asked for.
 */
abstract sealed class ExchangeHandler extends ChannelInboundHandlerAdapter
        permits Http1ExchangeHandler, Http2ExchangeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);
    private static final int TRACE_LINES = 8;

    private final Supplier<ExchangeServices> current;

    /** Null between two exchanges; an exchange that is over stays until its request was read to the end. */
    private @Nullable Exchange exchange;

    private boolean exchangeIsOver;

    /** Nothing more is read from the client or written to it. */
    private boolean clientIsGone;

    /** @param current asked once at the beginning of each exchange, which keeps the answer until its end */
    ExchangeHandler(Supplier<ExchangeServices> current) {
        this.current = current;
    }

    abstract Downstream newDownstream(ChannelHandlerContext ctx, HttpRequest request, ExchangeServices services);

    /** A request began while an exchange is under way. */
    abstract void onEarlyRequest(ChannelHandlerContext ctx, HttpRequest request);

    /** The response went out; {@code requestIsRead} says whether the request has come in whole. */
    abstract void onExchangeEnd(ChannelHandlerContext ctx, boolean requestIsRead);

    /** The rest of a request whose response went out before has come in. */
    abstract void onLateRequestEnd(ChannelHandlerContext ctx);

    /** Asks for the first head; an HTTP/1 connection is active long before its protocol is chosen. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            ctx.read();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            if (exchange != null) {
                onEarlyRequest(ctx, request);
                return;
            }
            begin(ctx, request);
        }
        if (msg instanceof HttpContent content) {
            onContent(ctx, content);
        } else if (!(msg instanceof HttpRequest)) {
            ReferenceCountUtil.release(msg);
        }
    }

    void begin(ChannelHandlerContext ctx, HttpRequest request) {
        ExchangeServices services = current.get();
        Downstream downstream = newDownstream(ctx, request, services);
        ExchangeRecord record = new ExchangeRecord(services.clock(), services.nanos());
        record.protocol(downstream.protocol());
        exchangeIsOver = false;
        exchange = new Exchange(services, downstream, record, () -> onExchangeOver(ctx));
        exchange.start(request);
    }

    private void onContent(ChannelHandlerContext ctx, HttpContent content) {
        Exchange current = exchange;
        boolean last = content instanceof LastHttpContent;
        if (current == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            boolean answered = exchangeIsOver;
            current.onBodyFailure(FailureKind.BAD_REQUEST, "The framing of the request body is malformed.");
            if (answered) {
                onLateRequestEnd(ctx);
            }
            return;
        }
        if (content.content().isReadable()) {
            current.onBodyPiece(content.content());
        } else {
            content.release();
        }
        if (!last) {
            ctx.read();
            return;
        }
        boolean wasOver = exchangeIsOver;
        current.onBodyEnd();
        if (wasOver) {
            exchange = null;
            onLateRequestEnd(ctx);
        } else {
            // One more read: on HTTP/1 it is how a client that goes away is noticed (its FIN) while we work for it.
            ctx.read();
        }
    }

    private void onExchangeOver(ChannelHandlerContext ctx) {
        exchangeIsOver = true;
        boolean requestIsRead = exchange != null && exchange.isRequestRead();
        if (requestIsRead) {
            exchange = null;
        }
        if (!clientIsGone) {
            onExchangeEnd(ctx, requestIsRead);
        }
    }

    boolean isIdle() {
        return exchange == null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        awaitRest();
    }

    /** What is here of a request has been taken in; if that is not all, the rest is waited for with a deadline. */
    final void awaitRest() {
        if (exchange != null) {
            exchange.onBodyReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null && ctx.channel().isWritable()) {
            exchange.onDownstreamWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onGone();
    }

    /** An I/O error of the downstream side, a reset for example: the client is gone. Or a bug: then it has to go. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof CodecException || cause instanceof Http2Exception)) {
            // Without the message, which could hold anything that a client has sent.
            LOG.error("a connection failed: {} at {}", cause.getClass().getName(), top(cause.getStackTrace()));
        }
        onGone();
        close(ctx, cause);
    }

    /** Ends the connection or the stream on which {@code cause} happened. */
    abstract void close(ChannelHandlerContext ctx, Throwable cause);

    private static String top(StackTraceElement[] trace) {
        return Stream.of(trace).limit(TRACE_LINES).map(Object::toString).collect(Collectors.joining(" "));
    }

    final void onGone() {
        clientIsGone = true;
        if (exchange != null) {
            exchange.onDownstreamGone();
        }
    }
}
