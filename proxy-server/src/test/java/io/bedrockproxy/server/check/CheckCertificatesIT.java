package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.CheckLines.failed;
import static io.bedrockproxy.server.check.CheckLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.EmulatorTls;
import io.bedrockproxy.emulator.LocalCertificates;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each deliberate mistake with certificates, in real handshakes: the line and its advice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckCertificatesIT {
    private static final String RUNTIME = "bedrock-runtime us-east-1";
    private static final String STS = "sts us-east-1";

    @TempDir
    Path folder;

    @Test
    void certificatesThatAreNotTrusted() {
        try (CheckBench bench = CheckBench.startTls(folder, EmulatorTls.create(folder.resolve("tls")))) {
            String ca = "\"" + bench.emulator().caFile() + '"';
            CheckReport bedrock = bench.check("sts.trusted-certificates = " + ca);
            assertThat(failed(bedrock)).containsExactly(RUNTIME);
            assertThat(line(bedrock, RUNTIME))
                    .contains(
                            "its certificate is not trusted; issuer: CN=Emulator CA",
                            "set bedrock.trusted-certificates");

            CheckReport sts = bench.check("bedrock.trusted-certificates = " + ca);
            assertThat(failed(sts)).containsExactly(STS, "role test as app");
            assertThat(line(sts, STS)).contains("issuer: CN=Emulator CA", "set sts.trusted-certificates");
            assertThat(line(sts, "role test as app")).contains("STS says tls", "see the line sts us-east-1");

            Path other = LocalCertificates.create(folder.resolve("other")).caFile();
            CheckReport wrong = bench.check(
                    "sts.trusted-certificates = " + ca + ", bedrock.trusted-certificates = \"" + other + '"');
            assertThat(line(wrong, RUNTIME)).contains("put the issuer's certificate into " + other);

            CheckReport good =
                    bench.check("sts.trusted-certificates = " + ca + ", bedrock.trusted-certificates = " + ca);
            assertThat(good.exitCode()).as(good.json()).isZero();
        }
    }

    @Test
    void aCertificateForAnotherName() {
        EmulatorTls tls = new EmulatorTls(LocalCertificates.createFor("bedrock.example", folder.resolve("tls")));
        try (CheckBench bench = CheckBench.start(folder);
                CheckBench secured = CheckBench.startTls(folder, tls)) {
            CheckReport report = bench.check(bedrockAt(secured));
            assertThat(failed(report)).containsExactly(RUNTIME);
            assertThat(line(report, RUNTIME))
                    .contains(
                            "its certificate is not for localhost but for: bedrock.example",
                            "set bedrock.endpoint to a name that the certificate is for");
        }
    }

    @Test
    void aCertificateOfAnotherTime() {
        InstantSource longAgo = InstantSource.fixed(Instant.parse("2024-01-02T00:00:00Z"));
        EmulatorTls tls = new EmulatorTls(LocalCertificates.create(folder.resolve("tls"), longAgo));
        try (CheckBench bench = CheckBench.start(folder);
                CheckBench secured = CheckBench.startTls(folder, tls)) {
            CheckReport report = bench.check(bedrockAt(secured));
            assertThat(failed(report)).containsExactly(RUNTIME);
            assertThat(line(report, RUNTIME))
                    .contains("valid from 2024-01-01T00:00:00Z to 2024-01-31T00:00:00Z only", "renew the certificate");
        }
    }

    @Test
    void anEndpointThatSpeaksNoTls() {
        try (CheckBench bench = CheckBench.start(folder)) {
            String clear = bench.emulator().bedrockEndpoint().getAuthority();
            CheckReport report = bench.check("bedrock.endpoint = \"https://" + clear + '"');
            assertThat(failed(report)).containsExactly(RUNTIME);
            assertThat(line(report, RUNTIME)).contains(" -- check that " + clear + " speaks TLS");
        }
    }

    private static String bedrockAt(CheckBench other) {
        return "bedrock.endpoint = \"" + other.emulator().bedrockEndpoint() + "\", bedrock.trusted-certificates = \""
                + other.emulator().caFile() + '"';
    }
}
