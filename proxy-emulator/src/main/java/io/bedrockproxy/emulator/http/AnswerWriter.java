package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer. A piece is asked for only when its pause is over and the channel is writable, so a slow reader
 * costs one piece of memory however long the answer is. Confined to the channel's event loop.
 */
final class AnswerWriter {
    private final ChannelHandlerContext ctx;
    private final Answer answer;
    private final Framing framing;
    private final Runnable done;
    private @Nullable ChannelFuture lastWrite;
    private @Nullable AnswerBody body;
    private @Nullable Future<?> timer;
    private boolean pauseOver;
    private boolean bodyWritten;
    private boolean ended;

    AnswerWriter(ChannelHandlerContext ctx, Answer answer, Framing framing, Runnable done) {
        this.ctx = ctx;
        this.answer = answer;
        this.framing = framing;
        this.done = done;
    }

    /** Begins: at once, or after the answer's delay. */
    void start() {
        if (answer instanceof Answer.Cut) {
            cut();
        } else if (answer instanceof Answer.Reply reply) {
            after(reply.delay(), () -> sendHead(reply));
        }
    }

    private void sendHead(Answer.Reply reply) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
        reply.headers().forEach(field -> head.headers().add(field.name(), field.value()));
        if (reply.body().length() >= 0) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length());
        } else if (!framing.http10()) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (!framing.keepAlive()) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        body = reply.body();
        lastWrite = ctx.writeAndFlush(head);
        answer.progress().headSent(reply.status());
        pump();
    }

    /** Writes what is due while the channel takes it; called again when a pause ends or the channel drains. */
    void pump() {
        AnswerBody source = body;
        if (source == null || timer != null) {
            return;
        }
        boolean wrote = false;
        while (!ended && !bodyWritten && ctx.channel().isWritable()) {
            if (!pauseOver && !source.pause().isZero()) {
                after(source.pause(), () -> {
                    pauseOver = true;
                    pump();
                });
                break;
            }
            pauseOver = false;
            ByteBuf piece = source.next();
            if (piece == null) {
                finish(source);
                return;
            }
            int bytes = piece.readableBytes();
            lastWrite = ctx.write(new DefaultHttpContent(piece));
            answer.progress().pieceSent(bytes);
            wrote = true;
        }
        if (wrote) {
            ctx.flush();
        }
    }

    private void finish(AnswerBody source) {
        bodyWritten = true;
        ChannelFuture written = lastWrite;
        if (source.endsInCut() && written != null) {
            ctx.flush();
            written.addListener(future -> cut()); // behind the pieces, so that exactly those arrive
            return;
        }
        ChannelFuture last = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        last.addListener(future -> {
            if (future.isSuccess()) {
                end(AnswerEnd.COMPLETE);
                done.run();
            }
        });
        if (!framing.keepAlive()) {
            last.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void cut() {
        end(AnswerEnd.CUT);
        if (framing.http2()) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
            return;
        }
        if (framing.http10() && ctx.channel().config() instanceof SocketChannelConfig config) {
            config.setSoLinger(0); // without chunks only a reset can be told from the end
        }
        ctx.close();
    }

    /** The connection or stream is gone, whoever ended it. */
    void peerGone() {
        end(AnswerEnd.CANCELLED);
    }

    private void end(AnswerEnd how) {
        if (ended) {
            return;
        }
        ended = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        answer.progress().ended(how);
    }

    private void after(Duration delay, Runnable step) {
        if (delay.isZero()) {
            step.run();
            return;
        }
        timer = ctx.executor()
                .schedule(
                        () -> {
                            timer = null;
                            step.run();
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }
}
