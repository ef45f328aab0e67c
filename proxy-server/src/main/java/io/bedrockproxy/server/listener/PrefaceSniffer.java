package io.bedrockproxy.server.listener;

import io.bedrockproxy.server.exchange.DrainEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Chooses HTTP/1 or HTTP/2 on a cleartext port by the first bytes: HTTP/2 with prior knowledge begins with a preface
 * that is no valid HTTP/1 request (RFC 9113 section 3.4). Two of the main AWS SDKs speak only this way to a custom
 * endpoint. Replaces itself by the chosen protocol's handlers and passes them what it has read.
 */
final class PrefaceSniffer extends ByteToMessageDecoder {
    private final BiConsumer<ChannelHandlerContext, Boolean> choose;
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();

    /** @param choose adds handlers; told whether it is HTTP/2 */
    PrefaceSniffer(BiConsumer<ChannelHandlerContext, Boolean> choose) {
        this.choose = choose;
    }

    /** Auto-read is off, so the first bytes have to be asked for. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        ctx.read();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int length = Math.min(in.readableBytes(), preface.readableBytes());
        boolean matches = true;
        for (int i = 0; i < length && matches; i++) {
            matches = in.getByte(in.readerIndex() + i) == preface.getByte(preface.readerIndex() + i);
        }
        if (!matches || length == preface.readableBytes()) {
            choose.accept(ctx, matches);
            ctx.pipeline().remove(this);
        }
    }

    /** Nothing was asked for yet, so nothing is lost. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.DRAIN) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        preface.release();
    }
}
