package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.LocalCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates change under a running listener. */
@ExtendWith(LeakCheck.class)
class ReloadTlsIT {
    /** A look each second, and a slow machine. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder().downstreamTls().start();

    private SSLSocket connect(Path trusted) throws IOException {
        SSLContext context = CaTrust.context(trusted);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(proxy.address().getAddress(), proxy.address().getPort());
        try {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private boolean isTrusted(Path certificates) throws IOException {
        try (SSLSocket socket = connect(certificates)) {
            return socket.isConnected();
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    private static void replace(Path file, Path by) throws IOException {
        Path next = Files.copy(by, file.resolveSibling(file.getFileName() + ".next"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private String request() {
        return "POST /model/" + Calls.MODEL + "/invoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + proxy.secret()
                + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    @Test
    void renewedCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
        LocalCertificates renewed = LocalCertificates.create(folder);
        Path shown = proxy.folder().resolve("downstream");
        LocalCertificates first = new LocalCertificates(
                proxy.caFile(), file(shown, renewed.certificateFile()), file(shown, renewed.privateKeyFile()));
        try (SSLSocket before = connect(proxy.caFile())) {
            Certificate old = before.getSession().getPeerCertificates()[0];
            RawHttp1 client = new RawHttp1(before);
            assertThat(client.send(request()).response()).startsWith("HTTP/1.1 200 ");

            // The key first: the two do not belong together for a moment, which must not count.
            replace(first.privateKeyFile(), renewed.privateKeyFile());
            replace(first.certificateFile(), renewed.certificateFile());
            await().atMost(NOTICED).until(() -> isTrusted(renewed.caFile()));

            assertThat(isTrusted(proxy.caFile()))
                    .as("the old one is not shown any more")
                    .isFalse();
            assertThat(client.send(request()).response())
                    .as("on the connection from before")
                    .startsWith("HTTP/1.1 200 ");
            assertThat(before.getSession().getPeerCertificates()[0]).isEqualTo(old);
        }
    }

    @Test
    void certificateWithoutItsKeyChangesNothing() throws Exception {
        LocalCertificates other = LocalCertificates.create(folder);
        Path shown = proxy.folder().resolve("downstream");
        replace(file(shown, other.certificateFile()), other.certificateFile());
        proxy.server().reload().toCompletableFuture().join();

        assertThat(isTrusted(proxy.caFile())).isTrue();
        assertThat(new Calls(proxy).admin("/readyz").body()).contains("reload-failed", "listener.tls");
    }

    private static Path file(Path folder, Path sameName) {
        return folder.resolve(sameName.getFileName());
    }
}
