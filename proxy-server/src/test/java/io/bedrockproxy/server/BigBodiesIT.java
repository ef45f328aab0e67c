package io.bedrockproxy.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as large as Bedrock takes and gives; none of them is held by the proxy longer or larger than it must. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BigBodiesIT {
    private static final int UPLOAD_BYTES = 25_000_000;
    private static final int DOWNLOAD_BYTES = 100_000_000;

    /** What may be under way to a client that does not read: socket buffers of four sockets and two water marks. */
    private static final long UNREAD_BYTES = 64_000_000;

    @AutoClose
    private final LocalProxy cleartext = LocalProxy.start();

    @AutoClose
    private final LocalProxy tls = LocalProxy.startTls();

    @BeforeEach
    void forget() {
        cleartext.emulator().recorder().clear();
        tls.emulator().recorder().clear();
    }

    @ParameterizedTest(name = "{0}, announced length {1}")
    @CsvSource({"HTTP_1_1, true", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
    void twentyFiveMegabytesGoUp(HttpClient.Version version, boolean announced) throws Exception {
        byte[] body = json(UPLOAD_BYTES);
        BodyPublisher publisher = announced
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
        HttpResponse<String> response =
                client(version).send(post("/model/emulator.size-100/invoke", publisher), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        RecordedRequest request = tls.emulator().recorder().last();
        assertThat(request.verified()).isTrue();
        assertThat(request.bodyLength()).isEqualTo(UPLOAD_BYTES);
        assertThat(request.bodySha256()).isEqualTo(sha256(body));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"HTTP_1_1", "HTTP_2"})
    void aHundredMegabytesStreamDown(HttpClient.Version version) throws Exception {
        String path = "/model/emulator.size-" + DOWNLOAD_BYTES + "/invoke-with-response-stream";
        HttpResponse<InputStream> response =
                client(version).send(post(path, BodyPublishers.ofString("{}")), BodyHandlers.ofInputStream());
        FrameScanner scanner = new FrameScanner();
        long received = 0;
        try (InputStream in = response.body()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                scanner.scan(ByteBuffer.wrap(buffer, 0, count));
                received += count;
            }
        }
        assertThat(received).isGreaterThanOrEqualTo(DOWNLOAD_BYTES * 95L / 100);
        assertThat(received).isEqualTo(tls.emulator().recorder().last().bytesSent());
        assertThat(scanner.end()).isEqualTo(StreamEnd.CLEAN);
    }

    /** The emulator makes its stream as it is taken, so what it has sent shows what the proxy has taken in. */
    @Test
    void aClientThatDoesNotReadStopsTheUpstream() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(cleartext.address());
            socket.getOutputStream()
                    .write(("POST /model/emulator.size-" + DOWNLOAD_BYTES
                                    + "/invoke-with-response-stream HTTP/1.0\r\nAuthorization: Bearer "
                                    + cleartext.secret()
                                    + "\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(US_ASCII));
            await().until(() -> cleartext.emulator().recorder().requestCount() == 1);
            RecordedRequest request = cleartext.emulator().recorder().last();
            long[] last = {-1};
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        long before = last[0];
                        last[0] = request.bytesSent();
                        return last[0] > 0 && last[0] == before;
                    });
            assertThat(request.bytesSent()).isLessThan(UNREAD_BYTES);
            assertThat(request.end()).isNull();
            long received = socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            assertThat(received).isGreaterThan(request.bytesSent());
            assertThat(request.bytesSent()).isGreaterThanOrEqualTo(DOWNLOAD_BYTES * 95L / 100);
        }
    }

    @ParameterizedTest(name = "{0}, announced length {1}")
    @CsvSource({"HTTP_1_1, true", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
    void aBodyAboveTheLimitIsRefused(HttpClient.Version version, boolean announced) throws Exception {
        try (LocalProxy small = LocalProxy.builder()
                .downstreamTls()
                .config("limits.request-body = 100 KiB")
                .start()) {
            byte[] body = json(110 * 1024);
            BodyPublisher publisher = announced
                    ? BodyPublishers.ofByteArray(body)
                    : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
            HttpClient client = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(CaTrust.context(small.caFile()))
                    .build();
            HttpResponse<String> refused =
                    client.send(post(small, "/model/emulator.size-9/invoke", publisher), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.headers().firstValue("x-bedrock-proxy-failure")).contains("body-too-large");
            HttpResponse<String> next = client.send(
                    post(small, "/model/emulator.size-9/invoke", BodyPublishers.ofString("{}")),
                    BodyHandlers.ofString());
            assertThat(next.statusCode()).isEqualTo(200);
            assertThat(small.emulator().recorder().requestCount())
                    .as("only the second went upstream")
                    .isEqualTo(1);
        }
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(CaTrust.context(tls.caFile()))
                .build();
    }

    private HttpRequest post(String path, BodyPublisher body) {
        return post(tls, path, body);
    }

    private static HttpRequest post(LocalProxy proxy, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + proxy.secret())
                .POST(body)
                .build();
    }

    private static byte[] json(int length) {
        byte[] json = new byte[length];
        Arrays.fill(json, (byte) 'a');
        byte[] start = "{\"text\":\"".getBytes(US_ASCII);
        System.arraycopy(start, 0, json, 0, start.length);
        json[length - 2] = '"';
        json[length - 1] = '}';
        return json;
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
