package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigUtil;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that wants a certificate of its clients besides their secret. */
@ExtendWith(LeakCheck.class)
class MutualTlsIT {
    /** A look each second, and a slow machine. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final X509Bundle authority = authority("CN=Clients");
    private final X509Bundle other = authority("CN=Others");
    private Path clientCa;
    private LocalProxy proxy;

    @BeforeEach
    void start() throws IOException {
        clientCa = Files.writeString(folder.resolve("clients.pem"), authority.getCertificatePEM());
        proxy = LocalProxy.builder()
                .downstreamTls()
                .config("listener.tls.client-ca = " + ConfigUtil.quoteString(clientCa.toString()))
                .start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static X509Bundle authority(String name) {
        try {
            return common().subject(name).setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Bundle client(X509Bundle authority) throws Exception {
        return common().subject("CN=a client").addExtendedKeyUsageClientAuth().buildIssuedBy(authority);
    }

    private static CertificateBuilder common() {
        Instant start = Instant.now().minus(Duration.ofDays(1));
        return new CertificateBuilder().ecp256().notBefore(start).notAfter(start.plus(Duration.ofDays(3)));
    }

    /** One request on a connection of its own; null: without a certificate. */
    private String call(@Nullable X509Bundle certificate, String secret, String version) throws Exception {
        KeyManager[] keys = null;
        if (certificate != null) {
            KeyManagerFactory factory = certificate.toKeyManagerFactory();
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, CaTrust.managers(proxy.caFile()), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(proxy.address().getAddress(), proxy.address().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        try (RawHttp1 client = new RawHttp1(socket)) {
            return client.send("POST /model/" + Calls.MODEL + "/invoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + secret + "\r\nContent-Length: 2\r\n\r\n{}")
                    .response();
        }
    }

    private boolean isLetIn(X509Bundle certificate) throws Exception {
        try {
            return call(certificate, proxy.secret(), "TLSv1.3").startsWith("HTTP/1.1 200 ");
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void needsACertificateOfTheAuthorityAndASecret(String version) throws Exception {
        X509Bundle good = client(authority);
        assertThat(call(good, proxy.secret(), version)).startsWith("HTTP/1.1 200 ");
        assertThat(call(good, "0123456789abcdef", version)).startsWith("HTTP/1.1 401 ");
        long before = proxy.emulator().recorder().requestCount();
        assertThatThrownBy(() -> call(null, proxy.secret(), version)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> call(client(other), proxy.secret(), version))
                .as("of another authority")
                .isInstanceOf(IOException.class);
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(before);
        assertThat(call(good, proxy.secret(), version)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anotherAuthorityCountsWithoutARestart() throws Exception {
        X509Bundle first = client(authority);
        X509Bundle second = client(other);
        assertThat(isLetIn(first)).isTrue();
        assertThat(isLetIn(second)).isFalse();

        replace(authority.getCertificatePEM() + other.getCertificatePEM());
        await().atMost(NOTICED).until(() -> isLetIn(second));
        assertThat(isLetIn(first)).as("both, while they are changed over").isTrue();

        replace(other.getCertificatePEM());
        await().atMost(NOTICED).until(() -> !isLetIn(first));
        assertThat(call(second, proxy.secret(), "TLSv1.3")).startsWith("HTTP/1.1 200 ");

        replace("nothing that is a certificate");
        proxy.server().reload().toCompletableFuture().join();
        assertThat(isLetIn(second)).as("a mistake changes nothing").isTrue();
        assertThat(isLetIn(first)).isFalse();
        assertThat(new Calls(proxy).admin("/readyz").body()).contains("reload-failed", "listener.tls.client-ca");
    }

    private void replace(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next.pem"), text);
        Files.move(next, clientCa, StandardCopyOption.ATOMIC_MOVE);
    }
}
