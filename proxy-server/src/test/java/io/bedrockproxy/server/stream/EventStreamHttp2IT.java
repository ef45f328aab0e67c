package io.bedrockproxy.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.eventstream.FrameScanner;
import io.bedrockproxy.core.eventstream.ScanResult;
import io.bedrockproxy.core.eventstream.StreamEnd;
import io.bedrockproxy.server.CaTrust;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same streams as {@link EventStreamIT}, towards a client that speaks HTTP/2 over TLS. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStreamHttp2IT {
    private static final String PATH = "/model/amazon.nova-lite-v1:0/converse-stream";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @AutoClose
    private ScriptedUpstream upstream;

    @AutoClose
    private LocalProxy proxy;

    private HttpClient client;

    @BeforeAll
    void start() throws IOException {
        upstream = new ScriptedUpstream();
        proxy = LocalProxy.builder()
                .downstreamTls()
                .config("bedrock.endpoint = \"" + upstream.uri() + "\"")
                .config("clients.test { role = null, source = emulator }")
                .start();
        client = HttpClient.newBuilder()
                .sslContext(CaTrust.context(proxy.caFile()))
                .build();
    }

    static Stream<Arguments> everyFileInTwoChunkings() throws IOException {
        return StreamFile.all().stream().flatMap(file -> Stream.of(7, 100_000).map(size -> Arguments.of(file, size)));
    }

    @ParameterizedTest(name = "{0} in chunks of {1}")
    @MethodSource("everyFileInTwoChunkings")
    void comesThroughOrShowsItsDamage(StreamFile file, int size) throws Exception {
        upstream.script((socket, out, turn) -> {
            out.write(chunked(file.bytes(), size));
            out.flush();
            return true;
        });
        HttpRequest request = HttpRequest.newBuilder(proxy.endpoint().resolve(PATH))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + proxy.secret())
                .POST(BodyPublishers.ofString("{}"))
                .build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = receive(request, body);
        if (file.isDamaged()) {
            assertThat(!whole || endsWithException(body.toByteArray()))
                    .as("shows that it is %s", file.outcome())
                    .isTrue();
        } else {
            assertThat(whole).isTrue();
            assertThat(body.toByteArray()).isEqualTo(file.bytes());
        }
    }

    /** False when the stream was reset, which the JDK's client tells from {@code send} when it comes right behind the head. */
    private boolean receive(HttpRequest request, ByteArrayOutputStream body) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            try (InputStream in = response.body()) {
                in.transferTo(body);
            }
            return true;
        } catch (HttpTimeoutException e) {
            throw new AssertionError("neither whole nor reset within 20 s", e);
        } catch (IOException reset) {
            return false;
        }
    }

    private static boolean endsWithException(byte[] body) {
        FrameScanner scanner = new FrameScanner();
        return scanner.scan(ByteBuffer.wrap(body)) instanceof ScanResult.Valid
                && scanner.end() == StreamEnd.EXCEPTION
                && scanner.atFrameBoundary();
    }

    private static byte[] chunked(byte[] stream, int size) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < stream.length; at += size) {
            int length = Math.min(size, stream.length - at);
            message.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            message.write(stream, at, length);
            message.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        message.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return message.toByteArray();
    }
}
