package io.bedrockproxy.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class UpstreamTlsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void speaksNothingOlderThanTls12AndChecksTheName() throws IOException {
        UpstreamTls tls = UpstreamTls.create(new UpstreamConfig(SECOND, SECOND, SECOND, 1, 8192, null));
        SslHandler handler = tls.newHandler(UnpooledByteBufAllocator.DEFAULT, "bedrock.example", 443);
        SSLEngine engine = handler.engine();
        try {
            assertThat(engine.getEnabledProtocols())
                    .contains("TLSv1.3", "TLSv1.2")
                    .doesNotContain("TLSv1.1", "TLSv1", "SSLv3", "SSLv2");
            assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("HTTPS");
            assertThat(engine.getPeerHost()).isEqualTo("bedrock.example");
        } finally {
            ReferenceCountUtil.release(engine);
        }
    }
}
