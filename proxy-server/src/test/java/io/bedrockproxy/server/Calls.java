package io.bedrockproxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Plain requests to a {@link LocalProxy}, as a client that knows nothing of AWS makes them. */
final class Calls {
    static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final LocalProxy proxy;

    /** Over HTTP/1.1 and cleartext. */
    Calls(LocalProxy proxy) {
        this(proxy, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    Calls(LocalProxy proxy, HttpClient http) {
        this.proxy = proxy;
        this.http = http;
    }

    /** Converse with the secret of the client {@code test}. */
    HttpResponse<String> converse() {
        return converse(proxy.secret(), MODEL);
    }

    HttpResponse<String> converse(String secret, String model) {
        return send(request(secret, model, "converse", "Hello").build());
    }

    CompletableFuture<HttpResponse<String>> converseLater(String secret) {
        return http.sendAsync(request(secret, MODEL, "converse", "Hello").build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String secret, String model, String operation, String prompt) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve("/model/" + model + '/' + operation))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" + prompt + "\"}]}]}"));
    }

    HttpResponse<String> admin(String path) {
        URI asked = proxy.admin().resolve(path);
        return send(HttpRequest.newBuilder(asked).timeout(LIMIT).build());
    }

    boolean isReady() {
        return admin("/readyz").statusCode() == 200;
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Status, headers and body: everything that a client sees. */
    static String visible(HttpResponse<String> response) {
        return response.statusCode() + " " + response.headers().map() + ' ' + response.body();
    }
}
