package io.bedrockproxy.server.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;

/** An HTTP/1.0 or HTTP/1.1 connection, for one exchange. */
public final class Http1Downstream extends Downstream {
    private final boolean isHttp10;
    private boolean closes;

    /** Whether a body may never come, as we have not asked for it; then nobody knows where the next request begins. */
    private boolean owesContinue;

    /** For the exchange that {@code request} begins. */
    public Http1Downstream(ChannelHandlerContext ctx, HttpRequest request) {
        super(ctx, request);
        isHttp10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        closes = !HttpUtil.isKeepAlive(request);
        owesContinue = !isHttp10 && HttpUtil.is100ContinueExpected(request);
    }

    @Override
    public String protocol() {
        return isHttp10 ? "HTTP/1.0" : "HTTP/1.1";
    }

    @Override
    public boolean canFrameUnknownLength() {
        return !isHttp10;
    }

    @Override
    public boolean closesAfterwards() {
        return closes || owesContinue;
    }

    /** HTTP/1.0 closes unless both sides have said otherwise, HTTP/1.1 does not unless one has. */
    @Override
    public void tellConnection(HttpHeaders responseHeaders) {
        if (closesAfterwards()) {
            responseHeaders.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (isHttp10) {
            responseHeaders.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    @Override
    public void sendContinue(FullHttpResponse interim) {
        owesContinue = false;
        super.sendContinue(interim);
    }

    @Override
    public void closeAfterwards() {
        closes = true;
    }

    @Override
    public void finish(HttpObject last) {
        write(last);
        flush();
    }

    /**
     * HTTP/1.1: closes without the last chunk or with bytes of {@code Content-Length} missing, which every client
     * notices. HTTP/1.0 may have no length, so that a regular close would look like the end: a reset cannot, if TLS
     * does not say goodbye before it.
     */
    @Override
    public void abort() {
        closes = true;
        flush();
        if (!isHttp10) {
            ctx().close();
            return;
        }
        ctx().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelHandlerContext tls = ctx().pipeline().context(SslHandler.class);
        (tls == null ? ctx() : tls).close();
    }
}
