package io.bedrockproxy.emulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;

/** Builds the pipelines: TLS or not, then HTTP/1 or HTTP/2 on the same port. */
final class ServerInitializer extends ChannelInitializer<SocketChannel> {
    /** Session tokens, tags and long model ARNs: several times what AWS takes. */
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private static final int MAX_CONCURRENT_STREAMS = 1024;
    private static final int STREAM_WINDOW_BYTES = 1024 * 1024;

    private final ServerContext server;
    private final ChannelGroup connections;

    ServerInitializer(ServerContext server, ChannelGroup connections) {
        this.server = server;
        this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        SslContext tls = server.tls();
        if (tls == null) {
            channel.pipeline().addLast(new PrefaceSniffer(server));
        } else {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()), new ByAlpn(server));
        }
    }

    static void http1(ChannelPipeline pipeline, ServerContext server) {
        HttpDecoderConfig config =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEAD_BYTES).setMaxHeaderSize(MAX_HEAD_BYTES);
        pipeline.addLast(new HttpServerCodec(config), new ServerHandler(server, false));
    }

    static void http2(ChannelPipeline pipeline, ServerContext server) {
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_CONCURRENT_STREAMS)
                .initialWindowSize(STREAM_WINDOW_BYTES)
                .maxHeaderListSize(MAX_HEAD_BYTES);
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(settings)
                        .gracefulShutdownTimeoutMillis(0)
                        .build(),
                new Http2MultiplexHandler(new StreamInitializer(server)));
    }

    /** One stream's pipeline. */
    private static final class StreamInitializer extends ChannelInitializer<Channel> {
        private final ServerContext server;

        StreamInitializer(ServerContext server) {
            this.server = server;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new Http2ObjectCodec(), new ServerHandler(server, true));
        }
    }

    /** Picks the protocol that the TLS handshake agreed on; none agreed means HTTP/1.1. */
    private static final class ByAlpn extends ApplicationProtocolNegotiationHandler {
        private final ServerContext server;

        ByAlpn(ServerContext server) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.server = server;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                http2(ctx.pipeline(), server);
            } else {
                http1(ctx.pipeline(), server);
            }
        }
    }
}
