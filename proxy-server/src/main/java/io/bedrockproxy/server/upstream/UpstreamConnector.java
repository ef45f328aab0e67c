package io.bedrockproxy.server.upstream;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Opens connections: name resolution, TCP, TLS, and the upstream pipeline. */
public final class UpstreamConnector {
    private final UpstreamConfig config;
    private final UpstreamTls tls;
    private final Class<? extends SocketChannel> channelType;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final TcpKeepAlive keepAlive;

    /**
     * @param channelType the socket type of the event loops' transport
     * @param resolver resolves names without blocking an event loop
     */
    public UpstreamConnector(
            UpstreamConfig config,
            UpstreamTls tls,
            Class<? extends SocketChannel> channelType,
            AddressResolverGroup<InetSocketAddress> resolver) {
        this.config = config;
        this.tls = tls;
        this.channelType = channelType;
        this.resolver = resolver;
        this.keepAlive = new TcpKeepAlive(channelType);
    }

    /** Calls {@code done} once, on {@code eventLoop}: with a connection, or with null and what went wrong. */
    void connect(
            EventLoop eventLoop,
            UpstreamPool pool,
            Endpoint endpoint,
            BiConsumer<@Nullable UpstreamConnection, String> done) {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(channelType)
                // Responses are read on demand only: see UpstreamConnection.read().
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        initialize(channel, pool, endpoint);
                    }
                });
        keepAlive.apply(bootstrap);
        resolver.getResolver(eventLoop)
                .resolveAll(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()))
                .addListener((Future<List<InetSocketAddress>> resolved) -> {
                    if (resolved.isSuccess()) {
                        connect(bootstrap, eventLoop, resolved.getNow(), done);
                    } else {
                        done.accept(null, "cannot resolve the name: " + UpstreamHandler.describe(resolved.cause()));
                    }
                });
    }

    private void connect(
            Bootstrap bootstrap,
            EventLoop eventLoop,
            List<InetSocketAddress> addresses,
            BiConsumer<@Nullable UpstreamConnection, String> done) {
        new AddressTries(bootstrap, eventLoop, addresses, config.connectTimeout(), (channel, cause) -> {
                    if (channel != null) {
                        secured(channel, done);
                    } else {
                        done.accept(null, cause);
                    }
                })
                .next();
    }

    private void initialize(SocketChannel channel, UpstreamPool pool, Endpoint endpoint) {
        ChannelPipeline pipeline = channel.pipeline();
        if (endpoint.isSecure()) {
            pipeline.addLast("tls", tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port()));
        }
        ResponseDecoder decoder = new ResponseDecoder(config.maxHeadBytes());
        UpstreamConnection connection = new UpstreamConnection(pool, endpoint, channel, decoder);
        pipeline.addLast("response-decoder", decoder);
        pipeline.addLast("request-encoder", new HttpRequestEncoder());
        pipeline.addLast("upstream", connection.handler());
        channel.closeFuture().addListener(closed -> pool.forget(connection));
    }

    private static void secured(Channel channel, BiConsumer<@Nullable UpstreamConnection, String> done) {
        UpstreamHandler handler = (UpstreamHandler) channel.pipeline().last();
        SslHandler tlsHandler = channel.pipeline().get(SslHandler.class);
        if (tlsHandler == null) {
            done.accept(handler.connection(), "");
            return;
        }
        tlsHandler.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                done.accept(handler.connection(), "");
            } else {
                channel.close();
                done.accept(null, "TLS handshake failed: " + reason(handshake.cause()));
            }
        });
    }

    /** The innermost message: "unable to find valid certification path" says more than "General OpenSslEngine problem". */
    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !root.getCause().equals(root)) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
