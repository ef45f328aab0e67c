package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which STS a role's source credentials are shown to. */
class StsTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    @Test
    void talksToAStsThatTheTrustedCertificatesVouchFor() throws Exception {
        Path pem = serve("dns:localhost");

        assertThat(ask(pem)).isEqualTo("fetched");
    }

    @Test
    void doesNotTalkToAStsThatOnlyOthersVouchFor() throws Exception {
        serve("dns:localhost");

        assertThat(ask(null)).isEqualTo("tls");
        assertThat(sts.getRequestCount()).isZero();
    }

    @Test
    void doesNotTalkToATrustedServerOfAnotherName() throws Exception {
        Path pem = serve("dns:sts.example.com");

        assertThat(ask(pem)).isEqualTo("tls");
        assertThat(sts.getRequestCount()).isZero();
    }

    private String ask(@Nullable Path pem) {
        URI endpoint = URI.create("https://localhost:" + sts.getPort());
        AssumedRole role = new AssumedRole(
                "arn:aws:iam::123456789012:role/bedrock",
                null,
                "team",
                Map.of(),
                null,
                null,
                AssumedRole.DEFAULT_DURATION,
                "us-east-1",
                endpoint);
        CredentialsKey key = CredentialsKey.assume(role, new SourceConfig.Static("AKIA", "secret", null));
        CredentialsConfig config = new CredentialsConfig(List.of(), pem, false, false);
        try (AwsSources sources = new AwsSources(config, InstantSource.system())) {
            SourceAnswer answer = sources.open(key, null).fetch(0);
            return answer instanceof SourceAnswer.Refused refused
                    ? refused.error().code()
                    : "fetched";
        }
    }

    /** Makes the server show a self-signed certificate for {@code name}; returns it as a PEM file. */
    private Path serve(String name) throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        sts.useHttps(context.getSocketFactory());
        sts.enqueue(StsAnswers.credentials("2100-01-01T00:00:00Z"));
        String base64 = Base64.getMimeEncoder()
                .encodeToString(keys.getCertificate("server").getEncoded());
        return Files.writeString(
                folder.resolve("trusted.pem"),
                "A comment.\n-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }
}
