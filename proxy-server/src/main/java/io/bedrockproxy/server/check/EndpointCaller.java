package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.TrustedCertificates;
import io.bedrockproxy.core.endpoint.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to an endpoint, on a connection of its own and without any forward proxy, as the proxy does. The JDK's
 * client and not Netty's, because it tells more about what is wrong. Blocks.
 */
final class EndpointCaller {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    /** A date has whole seconds: on average it is half of one too early. */
    private static final Duration HALF_SECOND = Duration.ofMillis(500);

    private final NameResolver resolver;
    private final Duration connectTimeout;
    private final InstantSource clock;

    EndpointCaller(NameResolver resolver, Duration connectTimeout, InstantSource clock) {
        this.resolver = resolver;
        this.connectTimeout = connectTimeout;
        this.clock = clock;
    }

    /**
     * Sends it.
     *
     * @param trusted a PEM file that replaces the JDK's roots; null: the JDK's roots
     * @param path the target, percent-encoded
     * @param timeout for the answer's head
     * @param request adds method, headers and body
     */
    CallResult call(
            Endpoint endpoint,
            @Nullable Path trusted,
            String path,
            Duration timeout,
            UnaryOperator<HttpRequest.Builder> request) {
        SeenCertificates seen = new SeenCertificates(managers(trusted));
        try {
            resolver.resolve(endpoint.host());
            HttpRequest built = request.apply(HttpRequest.newBuilder(URI.create(endpoint.uri() + path)))
                    .timeout(timeout)
                    .setHeader("user-agent", "bedrock-sigv4-proxy")
                    .build();
            HttpResponse<InputStream> answer = client(seen).send(built, HttpResponse.BodyHandlers.ofInputStream());
            Instant received = clock.instant();
            try (InputStream body = answer.body()) {
                return new CallResult.Answered(
                        answer.statusCode(),
                        answer.headers().firstValue("x-amzn-errortype").orElse(""),
                        new String(body.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8),
                        ahead(answer.headers(), received));
            }
        } catch (UnknownHostException e) {
            return new CallResult.Unreached(Obstacle.UNKNOWN_HOST, "no such host: " + endpoint.host());
        } catch (IOException e) {
            return Obstacles.of(e, endpoint.host(), seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallResult.Unreached(Obstacle.SILENT, "no answer in time");
        }
    }

    private HttpClient client(SeenCertificates seen) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {seen}, null);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(connectTimeout)
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static TrustManager[] managers(@Nullable Path trusted) {
        if (trusted != null) {
            return TrustedCertificates.read(trusted);
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has roots", e);
        }
    }

    private static @Nullable Duration ahead(HttpHeaders headers, Instant received) {
        String date = headers.firstValue("date").orElse("");
        try {
            Instant sent = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Duration.between(sent.plus(HALF_SECOND), received);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
