package io.bedrockproxy.emulator;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * TLS for both sides of the emulator, with ALPN {@code h2} and {@code http/1.1}.
 *
 * @param certificates what it shows, and what clients are to trust
 */
public record EmulatorTls(LocalCertificates certificates) {
    /** With a certificate authority and a certificate made in {@code directory}. */
    public static EmulatorTls create(Path directory) {
        return new EmulatorTls(LocalCertificates.create(directory));
    }

    SslContext context() {
        try {
            return SslContextBuilder.forServer(
                            certificates.certificateFile().toFile(),
                            certificates.privateKeyFile().toFile())
                    .sslProvider(SslProvider.JDK)
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("Cannot use " + certificates.certificateFile(), e);
        }
    }
}
