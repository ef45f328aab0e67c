package io.bedrockproxy.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/** First on a cleartext connection: tells HTTP/2 with prior knowledge (RFC 9113, section 3.3) from HTTP/1. */
final class PrefaceSniffer extends ByteToMessageDecoder {
    private final ServerContext server;

    PrefaceSniffer(ServerContext server) {
        this.server = server;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        try {
            int length = Math.min(in.readableBytes(), preface.readableBytes());
            boolean matches = ByteBufUtil.equals(in, in.readerIndex(), preface, 0, length);
            if (matches && length < preface.readableBytes()) {
                return; // not enough to tell yet
            }
            if (matches) {
                ServerInitializer.http2(ctx.pipeline(), server);
            } else {
                ServerInitializer.http1(ctx.pipeline(), server);
            }
            ctx.pipeline().remove(this); // hands on what it has read
        } finally {
            preface.release();
        }
    }
}
