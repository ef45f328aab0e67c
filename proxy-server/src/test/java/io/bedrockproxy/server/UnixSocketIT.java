package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigUtil;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A listener that is a file. */
@ExtendWith(LeakCheck.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnixSocketIT {
    private static final String PATH = "/model/" + Calls.MODEL + "/converse-stream";
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";

    /** Not JUnit's, whose name may be too long for a socket. */
    private Path folder;

    private Path socket;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("uds");
        socket = folder.resolve("proxy.sock");
    }

    @AfterEach
    void removeFolder() {
        TemporaryFolder.delete(folder);
    }

    private LocalProxy start() {
        return LocalProxy.builder()
                .config("listener.unix-socket = " + ConfigUtil.quoteString(socket.toString()))
                .start();
    }

    private String http1(String secret) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + secret
                            + "\r\nAccept: text/event-stream\r\nConnection: close\r\nContent-Length: " + BODY.length()
                            + "\r\n\r\n" + BODY)
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void servesStreamsAndRemovesTheFileAtTheEnd() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            log.force(ch.qos.logback.classic.Level.INFO, List.of());
            try (LocalProxy proxy = start()) {
                assertThat(log.lines()).anyMatch(line -> line.contains("started endpoint=unix:" + socket + " "));
                assertThat(Files.getPosixFilePermissions(socket))
                        .as("the folder decides")
                        .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
                assertThat(http1(proxy.secret())).startsWith("HTTP/1.1 200 ").contains("event: messageStop");
                assertThat(http1("0123456789abcdef")).startsWith("HTTP/1.1 401 ");
                assertThat(new Calls(proxy).isReady()).isTrue();
                assertThatThrownBy(() -> proxy.server().endpoint()).isInstanceOf(IllegalStateException.class);
                assertThat(log.lines()).anyMatch(line -> line.contains("\"client\":\"test\""));
            }
        }
        assertThat(socket).doesNotExist();
    }

    /** The preface, one request, and its answer's last frame. */
    @Test
    void speaksHttp2WithPriorKnowledge() throws IOException {
        try (LocalProxy proxy = start();
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            RawHttp2 client =
                    new RawHttp2(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
            client.post("http", "localhost", PATH, proxy.secret(), BODY);
            int frames = 0;
            RawHttp2.Frame frame = client.read();
            while (!frame.endsStream()) {
                frames += frame.type() == RawHttp2.DATA ? 1 : 0;
                assertThat(frame.type()).isNotIn(RawHttp2.RST_STREAM, RawHttp2.GOAWAY);
                frame = client.read();
            }
            assertThat(frames).isPositive();
        }
    }

    @Test
    void aDeadProcessesFileIsReplaced() throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertThat(socket).exists();
        try (LocalProxy proxy = start()) {
            assertThat(http1(proxy.secret())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aLiveProcessesFileIsAnErrorAndStays() throws IOException {
        try (LocalProxy first = start()) {
            assertThatThrownBy(this::start).rootCause().hasMessageContaining("already in use, a process listens on it");
            assertThatThrownBy(this::start)
                    .cause()
                    .hasMessageContaining("bedrock-proxy.listener.unix-socket: " + socket)
                    .hasMessageContaining("expected: a path on which nobody listens");
            assertThat(http1(first.secret())).as("the first goes on").startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void drainsWhileAnAnswerIsOpen() throws IOException {
        try (LocalProxy proxy = start();
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            InputStream in = Channels.newInputStream(channel);
            String paced = "/model/emulator.pace-50-20-10/converse-stream";
            Channels.newOutputStream(channel)
                    .write(("POST " + paced + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + proxy.secret()
                                    + "\r\nAccept: text/event-stream\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                                    + BODY)
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = new DataInputStream(in).readNBytes(12);
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            proxy.server().drain().toCompletableFuture().join();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("event: messageStop");
            assertThat(socket).doesNotExist();
        }
    }
}
