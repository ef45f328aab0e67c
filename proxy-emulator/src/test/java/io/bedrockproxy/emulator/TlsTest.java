package io.bedrockproxy.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.signature.SignedRequests;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with a certificate authority of its own, and both protocols by ALPN. */
@ExtendWith(LeakDetection.class)
class TlsTest {
    @TempDir
    Path directory;

    private static SSLContext trusting(Path caFile) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static HttpRequest request(URI endpoint) {
        String target = "/model/amazon.nova-lite-v1%3A0/converse-stream";
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(target))
                .POST(BodyPublishers.ofString("{\"prompt\":\"over tls\"}"));
        for (HttpField header : SignedRequests.bedrock(
                        endpoint,
                        Emulator.ACCESS_KEY_ID,
                        Emulator.SECRET_ACCESS_KEY,
                        InstantSource.system().instant())
                .headers("POST", target, "{\"prompt\":\"over tls\"}")) {
            if (!header.name().equalsIgnoreCase("host")) {
                request.header(header.name(), header.value());
            }
        }
        return request.build();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void servesBothProtocols(HttpClient.Version version) throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorConfig.defaults().withTls(EmulatorTls.create(directory)))) {
            HttpClient client = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(trusting(Objects.requireNonNull(emulator.caFile())))
                    .build();
            HttpResponse<String> response = client.send(request(emulator.bedrockEndpoint()), BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.version()).isEqualTo(version);
            assertThat(response.body()).contains(" tls");
            RecordedRequest recorded = emulator.recorder().last();
            assertThat(recorded.verified()).as(recorded.toString()).isTrue();
            assertThat(recorded.head().tls()).isTrue();
        }
    }

    @Test
    void isNotTrustedByThoseWhoDoNotKnowItsAuthority() {
        try (Emulator emulator = Emulator.start(EmulatorConfig.defaults().withTls(EmulatorTls.create(directory)))) {
            HttpClient stranger = HttpClient.newHttpClient();

            assertThatThrownBy(() -> stranger.send(request(emulator.bedrockEndpoint()), BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keepsItsKeyFromOthers() throws Exception {
        LocalCertificates files = LocalCertificates.create(directory.resolve("new"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.privateKeyFile())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(files.certificateFile())).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(Files.readString(files.privateKeyFile())).startsWith("-----BEGIN PRIVATE KEY-----");
    }
}
