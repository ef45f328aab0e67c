package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An upstream that answers before it has read the request. */
@ExtendWith(LeakCheck.class)
class EarlyAnswerIT {
    private static final int BODY_BYTES = 20_000_000;

    @AutoClose
    private final ServerSocket upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .config("bedrock.endpoint = \"http://127.0.0.1:" + upstream.getLocalPort() + "\"")
            .start();

    EarlyAnswerIT() throws IOException {}

    @Test
    void errorThatComesDuringTheUploadIsHandedOn() throws IOException {
        threads.execute(() -> answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n", "nope", false));

        assertThat(upload()).startsWith("HTTP/1.1 403 ").endsWith("nope");
    }

    @Test
    void successThatBeginsDuringTheUploadGetsTheWholeUpload() throws IOException {
        threads.execute(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "done", true));

        assertThat(upload()).startsWith("HTTP/1.1 200 ").endsWith("done");
    }

    private String upload() throws IOException {
        try (RawHttp1 client = new RawHttp1(proxy.address())) {
            client.send("POST /model/amazon.nova-lite-v1:0/invoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + proxy.secret() + "\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n");
            client.send(new byte[BODY_BYTES]);
            return client.response();
        }
    }

    /** Says the head as soon as it has one, and the body when it has read on for a while, or everything. */
    private void answer(String head, String body, boolean readAll) {
        try (Socket socket = upstream.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) in.read());
            }
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            long toRead = readAll ? BODY_BYTES : 1_000_000;
            in.skipNBytes(toRead);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
