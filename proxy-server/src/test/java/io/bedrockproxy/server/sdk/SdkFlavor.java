package io.bedrockproxy.server.sdk;

import io.bedrockproxy.server.CaTrust;
import io.bedrockproxy.server.LocalProxy;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The HTTP clients that the SDK comes with, and what they speak to a custom endpoint. */
enum SdkFlavor {
    URL_CONNECTION("HTTP/1.1"),
    APACHE5("HTTP/1.1"),
    /** The default: HTTP/2 by prior knowledge, over TLS by ALPN that offers nothing else. */
    ASYNC("HTTP/2"),
    ASYNC_HTTP1("HTTP/1.1");

    /** What {@code AWS_BEARER_TOKEN_BEDROCK} is in the environment; read when a client is built. */
    private static final String BEARER_TOKEN = "aws.bearerTokenBedrock";

    private final String protocol;

    SdkFlavor(String protocol) {
        this.protocol = protocol;
    }

    /** As the access log names it. */
    String protocol() {
        return protocol;
    }

    /** Whether the SDK can do the event-stream operations with it. */
    boolean streams() {
        return this == ASYNC || this == ASYNC_HTTP1;
    }

    /** A client of the proxy that tries everything once. */
    SdkClient open(LocalProxy proxy, String secret) {
        URI endpoint = proxy.endpoint();
        TlsTrustManagersProvider trust =
                endpoint.getScheme().equals("https") ? () -> CaTrust.managers(proxy.caFile()) : null;
        return switch (this) {
            case URL_CONNECTION ->
                sync(endpoint, secret, UrlConnectionHttpClient.builder().tlsTrustManagersProvider(trust));
            case APACHE5 -> sync(endpoint, secret, Apache5HttpClient.builder().tlsTrustManagersProvider(trust));
            case ASYNC ->
                async(endpoint, secret, NettyNioAsyncHttpClient.builder().tlsTrustManagersProvider(trust));
            case ASYNC_HTTP1 ->
                async(
                        endpoint,
                        secret,
                        NettyNioAsyncHttpClient.builder()
                                .protocol(Protocol.HTTP1_1)
                                .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                                .tlsTrustManagersProvider(trust));
        };
    }

    private static SdkClient sync(URI endpoint, String secret, SdkHttpClient.Builder<?> http) {
        return new SyncSdkClient(withToken(
                secret,
                () -> configured(BedrockRuntimeClient.builder(), endpoint)
                        .httpClientBuilder(http)
                        .build()));
    }

    private static SdkClient async(URI endpoint, String secret, NettyNioAsyncHttpClient.Builder http) {
        return new AsyncSdkClient(withToken(
                secret,
                () -> configured(BedrockRuntimeAsyncClient.builder(), endpoint)
                        .httpClientBuilder(http)
                        .build()));
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configured(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    private static synchronized <C> C withToken(String secret, Supplier<C> build) {
        System.setProperty(BEARER_TOKEN, secret);
        try {
            return build.get();
        } finally {
            System.clearProperty(BEARER_TOKEN);
        }
    }
}
