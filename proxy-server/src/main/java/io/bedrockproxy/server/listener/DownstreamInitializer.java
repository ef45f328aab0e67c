package io.bedrockproxy.server.listener;

import io.bedrockproxy.server.exchange.DrainEvent;
import io.bedrockproxy.server.exchange.ExchangeServices;
import io.bedrockproxy.server.exchange.Http1ExchangeHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds the pipeline of an accepted connection: limiter, TLS, choice of the protocol, then that protocol's handlers. */
final class DownstreamInitializer extends ChannelInitializer<Channel> {
    private final Supplier<Accepting> accepting;
    private final ConnectionLimiter limiter;
    private final Function<EventLoop, ExchangeServices> services;
    private final InstantSource clock;

    DownstreamInitializer(
            Supplier<Accepting> accepting,
            ConnectionLimiter limiter,
            Function<EventLoop, ExchangeServices> services,
            InstantSource clock) {
        this.accepting = accepting;
        this.limiter = limiter;
        this.services = services;
        this.clock = clock;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        // One look for the life of the connection; each of its exchanges looks at the services anew.
        Accepting now = accepting.get();
        ListenerConfig config = now.config();
        DownstreamTls tls = now.tls();
        HeadDeadline deadline = new HeadDeadline(config.headTimeout(), config.keepAlive(), clock);
        // First, so that a refused connection costs nothing more.
        pipeline.addLast(PipelineNames.LIMITER, limiter);
        if (tls != null) {
            // Outside everything that looks at HTTP.
            pipeline.addLast(PipelineNames.TLS, tls.newHandler(channel.alloc()));
        }
        // Sees the first byte, so it stands before whatever decodes.
        pipeline.addLast(PipelineNames.HEAD_DEADLINE, deadline.beforeCodec());
        // Replaces itself by the handlers of the chosen protocol.
        if (tls != null) {
            pipeline.addLast(PipelineNames.PROTOCOL_CHOICE, new AlpnChoice(config, deadline));
        } else {
            pipeline.addLast(
                    PipelineNames.PROTOCOL_CHOICE,
                    new PrefaceSniffer((ctx, isHttp2) -> choose(ctx, isHttp2, config, deadline)));
        }
    }

    private void choose(ChannelHandlerContext ctx, boolean isHttp2, ListenerConfig config, HeadDeadline deadline) {
        ChannelPipeline pipeline = ctx.pipeline();
        EventLoop loop = ctx.channel().eventLoop();
        Supplier<ExchangeServices> current = () -> services.apply(loop);
        if (isHttp2) {
            // Streams come and go; HTTP/2 has guards of its own, for heads (Http2FrameGuard) and for the connection.
            pipeline.remove(PipelineNames.HEAD_DEADLINE);
            Http2Initializer.addTo(pipeline, config, clock, current);
        } else {
            addHttp1(pipeline, config, deadline, current);
        }
    }

    private void addHttp1(
            ChannelPipeline pipeline,
            ListenerConfig config,
            HeadDeadline deadline,
            Supplier<ExchangeServices> current) {
        // Bytes to objects, and back.
        pipeline.addLast(PipelineNames.REQUEST_DECODER, new StrictRequestDecoder(config.maxHeadBytes()));
        pipeline.addLast(PipelineNames.RESPONSE_ENCODER, new HttpResponseEncoder());
        // Sees the end of a head and of a response.
        pipeline.addLast(PipelineNames.HEAD_DEADLINE_END, deadline.behindCodec());
        // Nothing behind it has to doubt the framing.
        pipeline.addLast(PipelineNames.FRAMING_GUARD, new FramingGuard(config.maxHeaderCount(), clock));
        // Makes read() mean one object, for the exchange's back-pressure.
        pipeline.addLast(PipelineNames.READ_GATE, new ReadGate());
        pipeline.addLast(PipelineNames.EXCHANGE, new Http1ExchangeHandler(current));
    }

    /** The protocol that TLS has agreed on; HTTP/1.1 when the client does not know ALPN. */
    private final class AlpnChoice extends ApplicationProtocolNegotiationHandler {
        private final ListenerConfig config;
        private final HeadDeadline deadline;

        AlpnChoice(ListenerConfig config, HeadDeadline deadline) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.config = config;
            this.deadline = deadline;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws Exception {
            super.channelActive(ctx);
            ctx.read();
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            choose(ctx, ApplicationProtocolNames.HTTP_2.equals(protocol), config, deadline);
        }

        /** Nothing was asked for yet, so nothing is lost. */
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            super.userEventTriggered(ctx, event);
            if (event == DrainEvent.DRAIN) {
                ctx.close();
            }
        }

        /** A failed handshake is the peer's business (a port scan, an old client): close, and no stack trace. */
        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
