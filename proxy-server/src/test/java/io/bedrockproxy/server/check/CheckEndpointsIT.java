package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.CheckLines.failed;
import static io.bedrockproxy.server.check.CheckLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.sts.StsMode;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkGlobalTime;

/** Each deliberate mistake on the way to STS and Bedrock, over real sockets: the line and its advice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckEndpointsIT {
    private static final String RUNTIME = "bedrock-runtime us-east-1";
    private static final String STS = "sts us-east-1";

    @TempDir
    Path folder;

    /** What the SDK learns of a clock that is off, it keeps for all clients of the process. */
    @AfterEach
    void forgetTheClock() {
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    @Test
    void bedrockWhereNobodyListens() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("bedrock.endpoint = \"http://" + CheckBench.closedPort() + '"');
            assertThat(failed(report)).containsExactly(RUNTIME);
            assertThat(line(report, RUNTIME))
                    .contains("the connection is refused", " -- check host and port of bedrock.endpoint");
        }
    }

    @Test
    void stsWhereNobodyListens() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("sts.endpoint = \"http://" + CheckBench.closedPort() + '"');
            assertThat(failed(report)).containsExactly(STS, "role test as app");
            assertThat(line(report, STS)).contains("the connection is refused", "check host and port of sts.endpoint");
            assertThat(line(report, "role test as app")).contains("unreachable: ", " -- see the line sts us-east-1");
            assertThat(line(report, "source emulator"))
                    .as("the keys may be good")
                    .startsWith("warning ")
                    .contains("STS cannot tell whose it is", "see the line sts us-east-1");
        }
    }

    @Test
    void stsThatIsDown() {
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().stsMode(StsMode.ERROR_500);
            CheckReport report = bench.check("");
            assertThat(failed(report)).containsExactly("role test as app");
            assertThat(line(report, "role test as app"))
                    .contains("STS says InternalFailure", " -- try again in a minute");
        }
    }

    @Test
    void stsThatHangs() {
        try (CheckBench bench = CheckBench.start(folder).impatient()) {
            bench.emulator().stsMode(StsMode.HANG);
            CheckReport report = bench.check("");
            assertThat(failed(report)).containsExactly(STS, "role test as app");
            assertThat(line(report, STS)).contains("no answer in time", "look at what stands between");
            assertThat(line(report, "role test as app")).contains("STS says timeout", "see the line sts us-east-1");
        }
    }

    @Test
    void theStsOfOneRoleWhereNobodyListens() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("roles.test.sts-endpoint = \"http://" + CheckBench.closedPort() + '"');
            assertThat(failed(report)).containsExactly(STS, "role test as app");
            assertThat(line(report, STS)).contains("check host and port of roles.test.sts-endpoint");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-9, the region eu-west-9 has no Bedrock that this version knows, 'eu-west-1, eu-west-2, eu-west-3'",
        "ap-east-1, the region ap-east-1 has no Bedrock that this version knows, ap-east-2",
        "us-west-2, check this machine's DNS, VPC endpoint"
    })
    void aRegionWhoseHostDoesNotExist(String region, String advice, String near) {
        try (CheckBench bench = CheckBench.start(folder).resolver(host -> {
            if (host.endsWith(".amazonaws.com")) {
                throw new UnknownHostException(host);
            }
            return NameResolver.system().resolve(host);
        })) {
            CheckReport report = bench.check("bedrock.region = " + region + ", bedrock.endpoint = null");
            assertThat(failed(report)).as(report.json()).containsExactly("bedrock-runtime " + region);
            assertThat(line(report, "bedrock-runtime " + region))
                    .contains("no such host: bedrock-runtime." + region + ".amazonaws.com", advice, near);
        }
    }

    @Test
    void aHostOfTheOperatorsThatDoesNotExist() {
        try (CheckBench bench = CheckBench.start(folder).resolver(host -> {
            if (host.equals("vpce.example")) {
                throw new UnknownHostException(host);
            }
            return NameResolver.system().resolve(host);
        })) {
            CheckReport report = bench.check("bedrock.endpoint = \"https://vpce.example\"");
            assertThat(line(report, RUNTIME))
                    .contains("no such host: vpce.example", " -- correct the host of bedrock.endpoint");
        }
    }

    /** The emulator's clock is the one that is moved: to it ours is off the other way. */
    @ParameterizedTest
    @CsvSource({"-100, warning, ahead of", "100, warning, behind", "-400, failed, ahead of", "400, failed, behind"})
    void aClockThatIsOff(int seconds, String state, String direction) {
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().clockSkew(Duration.ofSeconds(seconds));
            CheckReport report = bench.check("");
            assertThat(line(report, "clock"))
                    .startsWith(state)
                    .matches(".*off by (9[5-9]|10[0-5]|39[5-9]|40[0-5]) s, " + direction
                            + " AWS's -- correct it with NTP.*");
            assertThat(report.exitCode()).isEqualTo(state.equals("failed") ? 1 : 0);
        }
    }

    @Test
    void aClockThatStsRefuses() {
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().clockSkew(Duration.ofMinutes(-20));
            CheckReport report = bench.check("");
            assertThat(failed(report)).containsExactly("clock", "source emulator");
            assertThat(line(report, "source emulator"))
                    .contains(
                            "SignatureDoesNotMatch", " s ahead of AWS's", " -- correct this machine's clock with NTP");
        }
    }

    @Test
    void controlPlaneIsLookedAtOnlyWhereRulesLetRequestsThrough() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("clients.app.operations = [inference, discovery]");
            assertThat(report.results()).extracting(CheckResult::name).contains(RUNTIME, "bedrock us-east-1");
        }
    }

    @Test
    void stsBehindAForwardProxyIsJudgedByItsAnswers() {
        try (CheckBench bench = CheckBench.start(folder)
                .environment(Map.of("HTTPS_PROXY", "http://proxy.example:3128"))
                .resolver(host -> {
                    throw new UnknownHostException(host);
                })) {
            CheckReport report = bench.check("sts.fallback-regions = [us-west-2]");
            assertThat(line(report, "sts us-west-2")).startsWith("skipped ").contains("forward proxy of HTTPS_PROXY");
        }
    }
}
