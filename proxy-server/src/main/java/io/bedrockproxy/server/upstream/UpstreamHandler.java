package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.failure.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Last handler of an upstream pipeline: turns HTTP objects into calls on the current {@link ResponseConsumer}. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    /** More interim responses than this before the final one are a fault or an attack, not progress. */
    private static final int MAX_INTERIM_RESPONSES = 10;

    private final UpstreamConnection connection;
    private final ResponseDecoder decoder;

    /** Null while no exchange uses the connection. */
    private @Nullable ResponseConsumer consumer;

    /** True while the empty body of a 1xx head is still to come. */
    private boolean inInterimResponse;

    private int interimResponses;
    private boolean keepAlive;

    /** The response has neither a length nor chunks: only the end of the connection ends it. */
    private boolean endsByClose;

    /** TLS's close_notify has come. */
    private boolean peerSaidGoodbye;

    /** True between the end of a response and the end of the read that brought it: only then reuse is decided. */
    private boolean endedInThisRead;

    UpstreamHandler(UpstreamConnection connection, ResponseDecoder decoder) {
        this.connection = connection;
        this.decoder = decoder;
    }

    void expectResponse(ResponseConsumer newConsumer) {
        consumer = newConsumer;
        interimResponses = 0;
        inInterimResponse = false;
        keepAlive = false;
        endsByClose = false;
        endedInThisRead = false;
        decoder.forgetBytes();
    }

    UpstreamConnection connection() {
        return connection;
    }

    /** The exchange does not want the rest; nothing is reported any more. */
    void forgetConsumer() {
        consumer = null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ResponseConsumer current = consumer;
        if (current == null) {
            // Nobody asked: leftover of the last response, or a server that speaks out of turn (408 before close).
            keepAlive = false;
            ReferenceCountUtil.release(msg);
            ctx.close();
            return;
        }
        if (((HttpObject) msg).decoderResult().isFailure()) {
            ReferenceCountUtil.release(msg);
            fail(ctx, FailureKind.UPSTREAM_BROKEN, "malformed response");
            return;
        }
        if (msg instanceof HttpResponse head) {
            onHead(ctx, current, head);
        }
        if (msg instanceof HttpContent content) {
            onContent(ctx, current, content);
        }
    }

    private void onHead(ChannelHandlerContext ctx, ResponseConsumer current, HttpResponse head) {
        if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            inInterimResponse = true;
            if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                fail(ctx, FailureKind.UPSTREAM_BROKEN, "101 without being asked for");
            } else if (++interimResponses > MAX_INTERIM_RESPONSES) {
                fail(ctx, FailureKind.UPSTREAM_BROKEN, "more than " + MAX_INTERIM_RESPONSES + " interim responses");
            }
            return;
        }
        String fault = ResponseHeadCheck.fault(head);
        if (fault != null) {
            fail(ctx, FailureKind.UPSTREAM_BROKEN, fault);
            return;
        }
        endsByClose = !hasLength(head);
        keepAlive = HttpUtil.isKeepAlive(head) && !endsByClose;
        if (head.status().code() >= HttpResponseStatus.MULTIPLE_CHOICES.code()) {
            // Refused before it was read; a server that says yes may need the rest to go on.
            connection.stopSending();
        }
        current.onResponseHead(head);
    }

    private static boolean hasLength(HttpResponse head) {
        return HttpUtil.isTransferEncodingChunked(head)
                || HttpUtil.isContentLengthSet(head)
                || head.status().equals(HttpResponseStatus.NO_CONTENT)
                || head.status().equals(HttpResponseStatus.NOT_MODIFIED);
    }

    private void onContent(ChannelHandlerContext ctx, ResponseConsumer current, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (last && endsByClose && connection.endpoint().isSecure() && !peerSaidGoodbye) {
            // Anybody on the way can close a TCP connection; only the endpoint can say that this was all (RFC 9112
            // section 9.8).
            content.release();
            fail(ctx, FailureKind.UPSTREAM_BROKEN, "closed without close_notify");
            return;
        }
        if (inInterimResponse) {
            inInterimResponse = !last;
            content.release();
            return;
        }
        if (content.content().isReadable()) {
            current.onResponseChunk(content.content());
        } else {
            content.release();
        }
        // The consumer may have given up on the chunk it was just handed.
        if (last && consumer == current) {
            consumer = null;
            endedInThisRead = true;
            connection.stopSending();
            current.onResponseEnd();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (endedInThisRead) {
            endedInThisRead = false;
            connection.responseEnded(keepAlive && !decoder.hasLeftover());
        } else if (consumer != null) {
            consumer.onResponseReadComplete();
        } else if (decoder.hasSeenBytes()) {
            // Idle, and not even a whole head: the next response must not begin with that.
            ctx.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            connection.continueRequest();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, FailureKind.UPSTREAM_BROKEN, "connection closed by the upstream");
    }

    /** An idle connection whose server has said goodbye (close_notify) is of no use, even before its FIN. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent closed) {
            peerSaidGoodbye |= closed.isSuccess();
            if (consumer == null) {
                ctx.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, FailureKind.UPSTREAM_BROKEN, describe(cause));
        ctx.close();
    }

    void fail(ChannelHandlerContext ctx, FailureKind kind, String detail) {
        ResponseConsumer current = consumer;
        consumer = null;
        connection.stopSending();
        if (current != null) {
            boolean unprocessed = connection.isStale();
            ctx.close();
            current.onUpstreamFailure(new UpstreamFailure(kind, detail, unprocessed));
        }
    }

    /** An I/O error's text holds addresses at most; any other text could hold anything, so only its kind is told. */
    static String describe(Throwable cause) {
        return cause instanceof java.io.IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
    }
}
