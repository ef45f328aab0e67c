package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.RawHttp2.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stop cuts nobody off, and waits for nobody who has nothing open. */
@ExtendWith(LeakCheck.class)
class DrainIT {
    private static final String PATH = "/model/emulator.pace-50-20-64/converse-stream";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

    @AutoClose
    private final LocalProxy proxy =
            LocalProxy.builder().config("timeouts.drain = 60s").start();

    @Test
    void http2StreamRunsToItsEnd() throws Exception {
        try (RawHttp2 client = RawHttp2.connect(proxy)) {
            client.post(proxy, PATH, BODY);
            Frame frame = client.read();
            while (frame.type() != RawHttp2.HEADERS) {
                frame = client.read();
            }
            CompletableFuture<Void> stopped = proxy.server().drain().toCompletableFuture();
            boolean goAway = false;
            while (!frame.endsStream()) {
                frame = client.read();
                assertThat(frame.type()).isNotEqualTo(RawHttp2.RST_STREAM);
                goAway |= frame.type() == RawHttp2.GOAWAY;
            }

            assertThat(goAway).isTrue();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(1));
        }
    }

    @Test
    void responseOfAClientThatReadsLateIsNotCut() throws Exception {
        int length = 8_000_000;
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send("POST /model/emulator.size-" + length + "/invoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + proxy.secret() + "\r\nContent-Length: 2\r\n\r\n{}");
            String head = client.head();
            CompletableFuture<Void> stopped = proxy.server().drain().toCompletableFuture();

            assertThat(head).startsWith("HTTP/1.1 200 ");
            assertThat(client.rest()).hasSizeGreaterThanOrEqualTo(length);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(1));
        }
    }

    @Test
    void connectionsWithNothingOpenDoNotDelayTheStop() throws Exception {
        try (RawHttp1 silent = new RawHttp1(proxy.address());
                RawHttp2 idle = RawHttp2.connect(proxy)) {
            idle.read();

            assertThat(proxy.server().drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(1));
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void openHttp2StreamDoesNotDelayAStopAtOnce() throws IOException {
        try (RawHttp2 client = RawHttp2.connect(proxy)) {
            client.post(proxy, "/model/emulator.delay-60000/converse", BODY);
            client.read();

            assertThat(CompletableFuture.runAsync(proxy.server()::stopNow)).succeedsWithin(Duration.ofSeconds(3));
        }
    }
}
