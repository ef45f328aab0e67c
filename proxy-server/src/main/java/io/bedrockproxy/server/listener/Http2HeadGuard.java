package io.bedrockproxy.server.listener;

import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.ErrorShapes;
import io.bedrockproxy.server.exchange.LocalReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import java.time.InstantSource;

/**
 * Refuses an HTTP/2 request with too many header fields. The rest of what {@link FramingGuard} does, HTTP/2's own rules
 * do, which the codec checks.
 */
final class Http2HeadGuard extends ChannelInboundHandlerAdapter {
    /** Of the codec, which adds them for what HTTP/2 says elsewhere: the scheme, the stream, the framing. */
    private static final int ADDED_BY_CODEC = 4;

    private final int maxHeaderCount;
    private final InstantSource clock;
    private boolean refused;

    Http2HeadGuard(int maxHeaderCount, InstantSource clock) {
        this.maxHeaderCount = maxHeaderCount;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (refused) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest request && request.headers().size() > maxHeaderCount + ADDED_BY_CODEC) {
            refused = true;
            ReferenceCountUtil.release(msg);
            Failure failure = Failure.of(
                    FailureKind.HEAD_TOO_LARGE, "The request has more than " + maxHeaderCount + " header fields.");
            ctx.writeAndFlush(LocalReply.closing(failure, ErrorShapes.of(request.uri()), clock))
                    .addListener(
                            written -> ctx.channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)));
        } else {
            ctx.fireChannelRead(msg);
        }
    }
}
