package io.bedrockproxy.server.listener;

import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.server.exchange.LingeringClose;
import io.bedrockproxy.server.exchange.LocalReply;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that do not finish a head in time, and those that begin none: {@code timeouts.head} counts from a
 * head's first byte, absolutely, so that one byte every few seconds buys nothing; {@code timeouts.keep-alive} counts
 * between a response and the next first byte. It watches from both sides of the codec: bytes before it, heads and
 * responses behind it.
 */
final class HeadDeadline {
    private final Duration headTimeout;
    private final Duration keepAlive;
    private final InstantSource clock;

    private @Nullable ScheduledFuture<?> timer;

    /** True from a head's first byte to its end. */
    private boolean inHead;

    /** True from a head's end to the end of its body, which may be long after the answer. */
    private boolean inBody;

    /** Heads decoded and not answered to the end: more than one when the client pipelines. */
    private int unanswered;

    HeadDeadline(Duration headTimeout, Duration keepAlive, InstantSource clock) {
        this.headTimeout = headTimeout;
        this.keepAlive = keepAlive;
        this.clock = clock;
    }

    /** To stand before the codec: sees bytes. */
    ChannelInboundHandlerAdapter beforeCodec() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                arm(ctx, headTimeout);
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                if (unanswered == 0 && !inHead && !inBody) {
                    inHead = true;
                    arm(ctx, headTimeout);
                }
                ctx.fireChannelRead(msg);
            }

            @Override
            public void handlerRemoved(ChannelHandlerContext ctx) {
                disarm();
            }
        };
    }

    /** To stand behind the codec: sees heads arrive and responses leave. */
    ChannelDuplexHandler behindCodec() {
        return new ChannelDuplexHandler() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                if (msg instanceof HttpRequest) {
                    unanswered++;
                    inHead = false;
                    inBody = true;
                    disarm();
                }
                if (msg instanceof LastHttpContent) {
                    inBody = false;
                    if (unanswered == 0) {
                        arm(ctx, keepAlive);
                    }
                }
                ctx.fireChannelRead(msg);
            }

            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                if (msg instanceof LastHttpContent && !LocalReply.isInterim(msg) && --unanswered == 0) {
                    arm(ctx, keepAlive);
                }
                ctx.write(msg, promise);
            }
        };
    }

    private void arm(ChannelHandlerContext ctx, Duration delay) {
        disarm();
        timer = ctx.executor().schedule(() -> expire(ctx), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        if (inHead) {
            Failure failure = Failure.of(FailureKind.SLOW_REQUEST, "The request head did not arrive in time.");
            LingeringClose.after(ctx.channel().writeAndFlush(LocalReply.closing(failure, ErrorShape.AWS, clock)));
        } else {
            ctx.close();
        }
    }
}
