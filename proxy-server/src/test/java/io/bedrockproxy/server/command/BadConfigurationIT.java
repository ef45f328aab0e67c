package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.LocalCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with the configuration: exit code 2 and one message that names file, key and expectation. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadConfigurationIT {
    private static final String SECRET = "0123456789abcdef-0123456789abcdef";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = folder.resolve("proxy.conf");
        LocalCertificates.create(folder.resolve("tls"));
        LocalCertificates.create(folder.resolve("other"));
        Files.writeString(folder.resolve("short"), "fifteen-letters");
        Files.writeString(folder.resolve("policy.json"), "{\"Version\":\"" + "2".repeat(2035) + "\"}");
        Files.writeString(folder.resolve("two.pem"), read("tls/certificate.pem") + read("other/certificate.pem"));
        Files.writeString(folder.resolve("two-keys.pem"), read("tls/key.pem") + read("other/key.pem"));
        Files.writeString(
                folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(
                folder.resolve("sec1.pem"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listener.prot = 1 | listener.prot | unknown key | port",
                "clients.app.role = nobody | clients.app.role | nobody defines \"nobody\" | a role under",
                "clients.b.secrets = ${bedrock-proxy.clients.app.secrets}"
                        + " | clients.b.secrets | a secret of client app too | secrets of its own",
                "roles.r { $, source = \"role:r\" } | roles.r.source | r -> r is a loop | ends in a source",
                "roles.r { $, session-name = \"a b\" } | roles.r.session-name | 3 characters | 2 to 64",
                "roles.r { $, session-tags { team = \"a&b\" } } | roles.r.session-tags | of \"team\" | at most 256",
                "roles.r { $, session-name = \"LONG{client}\" }, clients.a-long-name-0000 { role = r, secrets = [{ sha256 = SHA }] }"
                        + " | roles.r.session-name | 66 characters with the name of client a-long-name-0000 | at most 64",
                "roles.r { $, session-policy = DIR/policy.json }"
                        + " | roles.r.session-policy | has 2049 characters | at most 2048",
                "bedrock.region = mars-1 | bedrock.region | formed like no region | us-east-1",
                "clients.b.secrets = [{ file = DIR/short }] | clients.b.secrets[0].file | 15 bytes | at least 16 bytes",
                "clients.b.secrets = [{ file = DIR/none }] | clients.b.secrets[0].file | no such file | can be read",
                "clients.b.secrets = [{ file = DIR }] | clients.b.secrets[0].file | not a file | can be read",
                "listener { host = 0.0.0.0 } | listener.host | in the clear | allow-remote-plaintext = true",
                "listener.tls { certificate = DIR/none, private-key = DIR/tls/key.pem }"
                        + " | listener.tls.certificate | no such file | can be read",
                "listener.tls { certificate = DIR/garbage.pem, private-key = DIR/tls/key.pem }"
                        + " | listener.tls.certificate | holds no certificate | PEM file of X.509",
                "listener.tls { certificate = DIR/tls/certificate.pem, private-key = DIR/sec1.pem }"
                        + " | listener.tls.private-key | holds an EC PRIVATE KEY | openssl pkcs8",
                "listener.tls { certificate = DIR/tls/certificate.pem, private-key = DIR/garbage.pem }"
                        + " | listener.tls.private-key | holds no private key | PKCS #8",
                "listener.tls { certificate = DIR/tls/certificate.pem, private-key = DIR/other/key.pem }"
                        + " | listener.tls.private-key | belongs to another certificate | the key of",
                "bedrock.trusted-certificates = DIR/garbage.pem"
                        + " | bedrock.trusted-certificates | holds no certificate | PEM file",
                "sts.trusted-certificates = DIR/garbage.pem"
                        + " | sts.trusted-certificates | holds no certificate | PEM file",
                "listener { host = 192.0.2.1, allow-remote-plaintext = true }"
                        + " | listener.host | 192.0.2.1:0 | an address of this machine",
                "listener.unix-socket = DIR/proxy.conf"
                        + " | listener.unix-socket | a file that is no socket | a path on which nobody listens",
                "listener.unix-socket = DIR/none/proxy.sock"
                        + " | listener.unix-socket | there is no folder | a folder that is there",
                "clients.b.access-keys = [{ id = PRXY0123456789ABCDEF, secret = { file = DIR/short } }]"
                        + " | clients.b.access-keys[0].secret.file | 15 bytes | at least 16 bytes",
                "listener.tls { certificate = DIR/two.pem, private-key = DIR/tls/key.pem }"
                        + " | listener.tls.certificate | holds 2 certificates that are no chain | the leaf first",
                "listener.tls { certificate = DIR/tls/certificate.pem, private-key = DIR/two-keys.pem }"
                        + " | listener.tls.private-key | holds 2 private keys | one, that of the certificate",
                "listener.tls { certificate = DIR/tls/certificate.pem, private-key = DIR/tls/key.pem,"
                        + " client-ca = DIR/garbage.pem } | listener.tls.client-ca | holds no certificate | PEM file"
            })
    void isToldInOneMessage(String wrong, String key, String what, String expected) throws IOException {
        write(wrong.replace("$,", "role-arn = \"arn:aws:iam::111122223333:role/x\",")
                .replace("LONG", "x".repeat(50))
                .replace("SHA", "0b".repeat(32))
                .replaceAll("DIR(/[a-z0-9./]+)?", "\"" + folder + "$1\""));
        assertOneMessage(CommandRun.of(Map.of(), "serve", "--config", file.toString()), key, what, expected);
    }

    @ParameterizedTest
    @CsvSource({"listener", "admin"})
    void aPortInUseIsToldAndNothingIsLeftRunning(String section) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String where = "127.0.0.1:" + taken.getLocalPort();
            write(section + ".port = " + taken.getLocalPort());
            assertOneMessage(
                    CommandRun.of(Map.of(), "serve", "--config", file.toString()),
                    section + ".port",
                    where + ": Address already in use",
                    "a port that is free");
        }
    }

    /** The same seen from outside: a process of its own, which ends although event loops were started. */
    @Test
    void theProcessExitsWithTwo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess child = ChildProcess.start(
                        folder,
                        Map.of(
                                "BEDROCK_PROXY_SECRET",
                                SECRET,
                                "AWS_REGION",
                                "us-east-1",
                                "BEDROCK_PROXY_LISTEN",
                                "127.0.0.1:" + taken.getLocalPort(),
                                "BEDROCK_PROXY_ADMIN_LISTEN",
                                "127.0.0.1:0"))) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.out()).isEmpty();
            assertThat(child.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("environment: bedrock-proxy.listener.port: 127.0.0.1:" + taken.getLocalPort())
                            .contains("Address already in use", "(expected: a port that is free"));
        }
    }

    /** Whoever may list processes reads argv; and what is refused is not repeated, as logs keep standard error. */
    @ParameterizedTest
    @CsvSource({
        "serve --secret " + SECRET,
        "serve --secret=" + SECRET,
        "--secret=" + SECRET,
        "sandbox --secret=" + SECRET,
        "serve --external-id=" + SECRET,
        "serve --secret-access-key=" + SECRET
    })
    void secretsAreNotTakenFromTheCommandLine(String line) {
        CommandRun run = CommandRun.of(Map.of(), line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown option").doesNotContain(SECRET);
        assertThat(run.out()).doesNotContain(SECRET);
    }

    private void write(String wrong) throws IOException {
        Files.writeString(file, """
                bedrock-proxy {
                  listener.port = 0, admin.port = 0, bedrock.region = us-east-1
                  sources.s { access-key-id = AKIAEMULATOR00000000, secret-access-key = none }
                  clients.app { source = s, secrets = [{ sha256 = %s }] }
                  %s
                }
                """.formatted("0a".repeat(32), wrong));
    }

    private void assertOneMessage(CommandRun run, String key, String what, String expected) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(file.toString())
                        .contains("bedrock-proxy." + key + ": ", what)
                        .matches(".*\\(expected: .*\\)")
                        .contains(expected));
    }
}
