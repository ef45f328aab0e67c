package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop that cuts nobody off, and one that waits for nobody. */
@ExtendWith(LeakCheck.class)
class DrainPhasesIT {
    private static final String INVOKE = "/model/anthropic.claude-v2/invoke";
    private static final String STREAM = "/model/emulator.pace-20-30-100/invoke-with-response-stream";
    private static final String ENDLESS = "/model/emulator.pace-20-99999-100/invoke-with-response-stream";
    private static final String NATIVE = "application/vnd.amazon.eventstream";

    @AutoClose
    private final LocalProxy proxy =
            LocalProxy.builder().config("timeouts.drain = 30s").start();

    @ParameterizedTest
    @EnumSource
    void finishesAStreamBeforeItStops(Protocol protocol) throws Exception {
        await().until(() -> readiness(proxy) == 200);
        CompletableFuture<Received> call = CompletableFuture.supplyAsync(() -> {
            try {
                return protocol.call(proxy, STREAM, NATIVE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await().until(() -> proxy.emulator().recorder().openAnswers() == 1);

        CompletableFuture<Void> stopped = proxy.server().drain().toCompletableFuture();

        assertThat(readiness(proxy)).isEqualTo(503);
        assertThat(stopped).isNotDone();
        Received received = call.get();
        assertThat(received.isWhole()).isTrue();
        assertThat(Streams.end(received.body())).isEqualTo(StreamEnd.CLEAN);
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void acceptsNobodyAnyMore() throws Exception {
        try (Http1Client busy = new Http1Client(proxy.address())) {
            startEndless(busy, proxy);
            proxy.server().drain();

            await().untilAsserted(() -> assertThatThrownBy(() -> new Socket(
                                    proxy.address().getAddress(),
                                    proxy.address().getPort())
                            .close())
                    .isInstanceOf(ConnectException.class));
        }
    }

    @Test
    void closesConnectionsThatAreIdle() throws Exception {
        try (Http1Client fresh = new Http1Client(proxy.address());
                Http1Client idle = new Http1Client(proxy.address());
                Http2Client idleHttp2 = new Http2Client(proxy.address())) {
            idle.send(Protocol.HTTP_1_1.post(proxy, INVOKE, "*/*", 2) + "{}");
            assertThat(idle.receive().status()).isEqualTo(200);
            Http2Call call = idleHttp2.newCall().head("GET", "/nowhere", authorization(), true);
            assertThat(call.receive().status()).isEqualTo(404);

            CompletableFuture<Void> stopped = proxy.server().drain().toCompletableFuture();

            assertThat(idle.awaitClose()).isTrue();
            assertThat(fresh.awaitClose()).isTrue();
            await().until(() -> !idleHttp2.isOpen());
            assertThat(idleHttp2.hasGoAway()).isTrue();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void saysThatTheConnectionEndsWithTheAnswer() throws Exception {
        try (Http1Client client = new Http1Client(proxy.address())) {
            client.send(Protocol.HTTP_1_1.post(proxy, "/model/emulator.delay-300/invoke", "*/*", 2) + "{}");
            await().until(() -> proxy.emulator().recorder().openAnswers() == 1);
            CompletableFuture<Void> stopped = proxy.server().drain().toCompletableFuture();

            Received received = client.receive();
            assertThat(received.status()).isEqualTo(200);
            assertThat(received.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void acceptsDuringTheGrace() throws Exception {
        try (LocalProxy graceful = LocalProxy.builder()
                .config("timeouts { drain-grace = 1s, drain = 30s }")
                .start()) {
            await().until(() -> readiness(graceful) == 200);
            CompletableFuture<Void> stopped = graceful.server().drain().toCompletableFuture();

            assertThat(readiness(graceful)).isEqualTo(503);
            assertThat(Protocol.HTTP_1_1.call(graceful, INVOKE, "*/*").status()).isEqualTo(200);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void cutsVisiblyWhatTakesTooLong() throws Exception {
        try (LocalProxy impatient = LocalProxy.builder()
                        .config("timeouts { drain-grace = 0s, drain = 300ms }")
                        .start();
                Http1Client client = new Http1Client(impatient.address());
                Http2Client http2 = new Http2Client(impatient.address())) {
            Http1Client.Head head = startEndless(client, impatient);
            Http2Call call = http2.newCall()
                    .head("POST", ENDLESS, Map.of("authorization", "Bearer " + impatient.secret()), false);
            call.data(new byte[] {'{', '}'}, 2, true);
            assertThat(call.status()).isEqualTo(200);

            assertThat(impatient.server().drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));

            assertThat(client.readBody(head, new ScanningOutput())).isFalse();
            assertThat(call.receive().isWhole()).isFalse();
        }
    }

    @Test
    void stopsAtOnceWhenToldSo() throws Exception {
        try (Http1Client client = new Http1Client(proxy.address());
                Http2Client http2 = new Http2Client(proxy.address())) {
            Http1Client.Head head = startEndless(client, proxy);
            Http2Call call = http2.newCall().head("POST", ENDLESS, authorization(), false);
            call.data(new byte[] {'{', '}'}, 2, true);
            assertThat(call.status()).isEqualTo(200);

            assertThat(CompletableFuture.runAsync(proxy.server()::stopNow)).succeedsWithin(Duration.ofSeconds(5));

            assertThat(client.readBody(head, new ScanningOutput())).isFalse();
            assertThat(call.receive().isWhole()).isFalse();
        }
    }

    private static Http1Client.Head startEndless(Http1Client client, LocalProxy proxy) throws IOException {
        client.send(Protocol.HTTP_1_1.post(proxy, ENDLESS, NATIVE, 2) + "{}");
        return client.readHead();
    }

    private Map<String, String> authorization() {
        return Map.of("authorization", "Bearer " + proxy.secret());
    }

    private static int readiness(LocalProxy proxy) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(proxy.admin().resolve("/readyz")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
