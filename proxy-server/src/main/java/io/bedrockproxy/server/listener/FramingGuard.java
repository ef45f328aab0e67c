package io.bedrockproxy.server.listener;

import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.ErrorShapes;
import io.bedrockproxy.server.exchange.LingeringClose;
import io.bedrockproxy.server.exchange.LocalReply;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose end could be seen in two places (RFC 9112 section 6.3) or whose head is malformed, and closes.
 * Why close and not only answer 400: when the framing is in doubt, so is where the next request begins, and guessing is
 * what request smuggling lives on. Belongs directly behind the codec.
 */
final class FramingGuard extends ChannelDuplexHandler {
    private final int maxHeaderCount;
    private final InstantSource clock;
    private boolean refused;
    private ErrorShape shape = ErrorShape.AWS;

    /** Requests passed on and not answered to the end: their answers go before the refusal. */
    private int unanswered;

    /** The refusal that waits for them. */
    private @Nullable Failure waiting;

    FramingGuard(int maxHeaderCount, InstantSource clock) {
        this.maxHeaderCount = maxHeaderCount;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (refused) {
            ReferenceCountUtil.release(msg);
            return;
        }
        Failure failure = msg instanceof HttpRequest request ? judge(request) : null;
        if (failure == null) {
            unanswered += msg instanceof HttpRequest ? 1 : 0;
            ctx.fireChannelRead(msg);
            return;
        }
        refused = true;
        shape = ErrorShapes.of(((HttpRequest) msg).uri());
        ReferenceCountUtil.release(msg);
        if (unanswered == 0) {
            refuse(ctx, failure);
        } else {
            waiting = failure;
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        boolean isEnd = msg instanceof LastHttpContent && !LocalReply.isInterim(msg);
        ctx.write(msg, promise);
        Failure failure = waiting;
        if (isEnd && --unanswered == 0 && failure != null) {
            waiting = null;
            refuse(ctx, failure);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Failure failure) {
        LingeringClose.after(ctx.writeAndFlush(LocalReply.closing(failure, shape, clock)));
    }

    private @Nullable Failure judge(HttpRequest request) {
        if (((HttpObject) request).decoderResult().isFailure()) {
            return malformed(request.decoderResult().cause());
        }
        HttpHeaders headers = request.headers();
        boolean isHttp11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (!isHttp11 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return bad("The HTTP version is not one of 1.0, 1.1 and 2.");
        }
        if (headers.size() > maxHeaderCount) {
            return Failure.of(
                    FailureKind.HEAD_TOO_LARGE, "The request has more than " + maxHeaderCount + " header fields.");
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (isHttp11 && hosts.isEmpty())) {
            return bad("The request must have exactly one Host header.");
        }
        if (!hosts.isEmpty() && !isHost(hosts.get(0))) {
            return bad("The Host header is not a host with an optional port.");
        }
        if (headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1) {
            return bad("The request has more than one Content-Length.");
        }
        return judgeTransferEncoding(headers, isHttp11);
    }

    /** Only what {@code uri-host [":" port]} can hold (RFC 9112 section 3.2): no list, no user, no path. */
    private static boolean isHost(String value) {
        return value.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".-_~:[]%".indexOf(c) >= 0);
    }

    private static @Nullable Failure judgeTransferEncoding(HttpHeaders headers, boolean isHttp11) {
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (encodings.isEmpty()) {
            return null;
        }
        if (!isHttp11 || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return bad("Transfer-Encoding is not allowed beside Content-Length or in HTTP/1.0.");
        }
        boolean chunkedOnly =
                encodings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0));
        return chunkedOnly ? null : bad("The only Transfer-Encoding understood is chunked.");
    }

    private static Failure malformed(Throwable cause) {
        if (cause instanceof MalformedHead) {
            return bad("The request has " + cause.getMessage() + ".");
        }
        return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
                ? Failure.of(FailureKind.HEAD_TOO_LARGE, "The request line or a header field is too long.")
                : bad("The request head is malformed.");
    }

    private static Failure bad(String message) {
        return Failure.of(FailureKind.BAD_REQUEST, message);
    }
}
