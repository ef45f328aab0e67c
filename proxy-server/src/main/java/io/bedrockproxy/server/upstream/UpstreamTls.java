package io.bedrockproxy.server.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the upstream: 1.2 or newer, the certificate verified against the JDK's roots (or a file's), and its name
 * against the host we meant to reach. Neither check can be switched off.
 */
public final class UpstreamTls {
    private final SslContext context;
    private final Duration handshakeTimeout;

    private UpstreamTls(SslContext context, Duration handshakeTimeout) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
    }

    /**
     * Reads the trusted roots.
     *
     * @throws IOException when the file cannot be read or holds no certificate
     */
    public static UpstreamTls create(UpstreamConfig config) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        Path roots = config.trustedCertificates();
        try {
            return new UpstreamTls(trusting(builder, roots).build(), config.tlsTimeout());
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("cannot use trusted certificates " + roots + ": " + e.getMessage(), e);
        }
    }

    private static SslContextBuilder trusting(SslContextBuilder builder, @Nullable Path roots) {
        return roots == null ? builder : builder.trustManager(roots.toFile());
    }

    SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        SslHandler handler = context.newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }
}
