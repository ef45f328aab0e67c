package io.bedrockproxy.server.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.time.Duration;

/** TLS towards clients: 1.2 or newer, ALPN {@code h2} and {@code http/1.1}; without ALPN, HTTP/1.1. */
public final class DownstreamTls {
    private final SslContext context;
    private final Duration handshakeTimeout;

    private DownstreamTls(SslContext context, Duration handshakeTimeout) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
    }

    /**
     * Reads the files: not on an event loop.
     *
     * @throws IOException when one cannot be read, or the two do not belong together
     */
    public static DownstreamTls create(ListenerConfig.TlsFiles files, Duration handshakeTimeout) throws IOException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                    files.certificate().toFile(), files.privateKey().toFile());
            if (files.clientCa() != null) {
                builder.clientAuth(ClientAuth.REQUIRE)
                        .trustManager(files.clientCa().toFile());
            }
            // A context of its own for each reading: no session from before can stand in for a certificate.
            SslContext context = builder.sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
            return new DownstreamTls(context, handshakeTimeout);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot use " + files.certificate() + " with " + files.privateKey() + ": " + e.getMessage(), e);
        }
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }
}
