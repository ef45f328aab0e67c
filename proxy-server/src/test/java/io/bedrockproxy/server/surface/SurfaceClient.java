package io.bedrockproxy.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.server.CaTrust;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a proxy that speaks TLS, as clients of every surface do, in one version of HTTP. */
final class SurfaceClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalProxy proxy;
    private final HttpClient http;

    SurfaceClient(LocalProxy proxy, HttpClient.Version version) {
        this.proxy = proxy;
        this.http = HttpClient.newBuilder()
                .version(version)
                .sslContext(CaTrust.context(proxy.caFile()))
                .build();
    }

    HttpResponse<String> send(SurfaceCase surface, String model, String secret) {
        return send(surface.method(), surface.targetFor(model), surface.bodyFor(model), secret);
    }

    HttpResponse<String> send(String method, String target, String body, String secret) {
        return send(method, target, BodyPublishers.ofString(body), secret, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(String method, String target, BodyPublisher body, String secret, BodyHandler<T> handler) {
        // Not resolve(): it would take //x for another host.
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(proxy.endpoint() + target))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + secret)
                .header("anthropic-version", "2023-06-01")
                .method(method, body.contentLength() == 0 ? BodyPublishers.noBody() : body);
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Status, the proxy's own mark, and the body in the shape that this API's SDKs read. */
    static void assertFailure(HttpResponse<String> answer, SurfaceCase.Shape shape, int status, String kind) {
        String said = answer.statusCode() + " " + answer.headers().map() + ' ' + answer.body();
        assertThat(answer.statusCode()).as(said).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-bedrock-proxy-failure"))
                .as(said)
                .hasValue(kind);
        assertThat(answer.headers().firstValue("content-type")).as(said).hasValue("application/json");
        JsonNode body = json(answer.body());
        switch (shape) {
            case AWS -> {
                assertThat(body.path("message").isTextual()).as(said).isTrue();
                assertThat(answer.headers().firstValue("x-amzn-errortype"))
                        .as(said)
                        .isPresent();
            }
            case OPENAI -> {
                assertThat(body.path("error").path("message").isTextual())
                        .as(said)
                        .isTrue();
                assertThat(body.path("error").path("type").isTextual()).as(said).isTrue();
                assertThat(body.path("error").path("code").asText()).as(said).isEqualTo(kind);
            }
            case ANTHROPIC -> {
                assertThat(body.path("type").asText()).as(said).isEqualTo("error");
                assertThat(body.path("error").path("type").asText()).as(said).endsWith("_error");
                assertThat(body.path("error").path("message").isTextual())
                        .as(said)
                        .isTrue();
            }
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
