package io.bedrockproxy.server.sdk;

import io.bedrockproxy.server.CaTrust;
import io.bedrockproxy.server.LocalProxy;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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
        return open(proxy, secret, null);
    }

    /** The same that signs instead of sending a secret. */
    SdkClient openSigning(LocalProxy proxy, String accessKeyId, String secretAccessKey) {
        return open(
                proxy,
                null,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    private SdkClient open(LocalProxy proxy, @Nullable String secret, @Nullable AwsCredentialsProvider keys) {
        URI endpoint = proxy.endpoint();
        TlsTrustManagersProvider trust =
                endpoint.getScheme().equals("https") ? () -> CaTrust.managers(proxy.caFile()) : null;
        return switch (this) {
            case URL_CONNECTION ->
                sync(endpoint, secret, keys, UrlConnectionHttpClient.builder().tlsTrustManagersProvider(trust));
            case APACHE5 ->
                sync(endpoint, secret, keys, Apache5HttpClient.builder().tlsTrustManagersProvider(trust));
            case ASYNC ->
                async(endpoint, secret, keys, NettyNioAsyncHttpClient.builder().tlsTrustManagersProvider(trust));
            case ASYNC_HTTP1 ->
                async(
                        endpoint,
                        secret,
                        keys,
                        NettyNioAsyncHttpClient.builder()
                                .protocol(Protocol.HTTP1_1)
                                .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                                .tlsTrustManagersProvider(trust));
        };
    }

    private static SdkClient sync(
            URI endpoint,
            @Nullable String secret,
            @Nullable AwsCredentialsProvider keys,
            SdkHttpClient.Builder<?> http) {
        return new SyncSdkClient(withToken(
                secret,
                () -> configured(BedrockRuntimeClient.builder(), endpoint, keys)
                        .httpClientBuilder(http)
                        .build()));
    }

    private static SdkClient async(
            URI endpoint,
            @Nullable String secret,
            @Nullable AwsCredentialsProvider keys,
            NettyNioAsyncHttpClient.Builder http) {
        return new AsyncSdkClient(withToken(
                secret,
                () -> configured(BedrockRuntimeAsyncClient.builder(), endpoint, keys)
                        .httpClientBuilder(http)
                        .build()));
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configured(
            B builder, URI endpoint, @Nullable AwsCredentialsProvider keys) {
        if (keys != null) {
            builder.credentialsProvider(keys);
        }
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    private static synchronized <C> C withToken(@Nullable String secret, Supplier<C> build) {
        if (secret == null) {
            return build.get();
        }
        System.setProperty(BEARER_TOKEN, secret);
        try {
            return build.get();
        } finally {
            System.clearProperty(BEARER_TOKEN);
        }
    }
}
