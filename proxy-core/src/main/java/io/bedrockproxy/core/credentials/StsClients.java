package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.endpoint.EndpointOverride;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * One STS client for each endpoint, made at first use on the caller's thread and shared by all roles. Takes nothing from
 * the environment or from profiles: endpoint, region and variants are decided before.
 */
final class StsClients implements AutoCloseable {
    /** How long STS may take; it answers in a tenth of a second, from another continent in half of one. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final @Nullable TlsTrustManagersProvider trust;
    private final Duration callTimeout;
    private final Map<Endpoint, StsClient> clients = new HashMap<>();
    private boolean isClosed;

    /**
     * Makes clients that trust {@code trust}; null: the JDK's roots.
     *
     * @param callTimeout for a whole call: an answer that trickles in does not outlast it
     */
    StsClients(@Nullable TlsTrustManagersProvider trust, Duration callTimeout) {
        this.trust = trust;
        this.callTimeout = callTimeout;
    }

    Supplier<StsClient> at(Endpoint endpoint) {
        return () -> client(endpoint);
    }

    /** Closes all clients; calls in flight fail. */
    @Override
    public synchronized void close() {
        isClosed = true;
        clients.values().forEach(StsClient::close);
        clients.clear();
    }

    private synchronized StsClient client(Endpoint endpoint) {
        if (isClosed) {
            throw new IllegalStateException("closed");
        }
        return clients.computeIfAbsent(endpoint, this::open);
    }

    private StsClient open(Endpoint endpoint) {
        return StsClient.builder()
                .region(Region.of(endpoint.signingRegion()))
                .endpointOverride(endpoint.uri())
                .fipsEnabled(false)
                .dualstackEnabled(false)
                // Each request brings its own; the default chain must never be asked behind our back.
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(http(endpoint))
                .overrideConfiguration(
                        o -> o.defaultProfileFile(ProfileFile.aggregator().build())
                                // The refresher repeats, with its own back-off, and knows whether anybody waits.
                                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                                .apiCallAttemptTimeout(callTimeout)
                                .apiCallTimeout(callTimeout))
                .build();
    }

    private UrlConnectionHttpClient.Builder http(Endpoint endpoint) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(callTimeout)
                .tlsTrustManagersProvider(trust);
        // A forward proxy of the environment is for the way out, not for this machine's own loopback.
        return EndpointOverride.isLoopback(endpoint.host())
                ? http.proxyConfiguration(ProxyConfiguration.builder()
                        .useEnvironmentVariablesValues(false)
                        .useSystemPropertyValues(false)
                        .build())
                : http;
    }
}
