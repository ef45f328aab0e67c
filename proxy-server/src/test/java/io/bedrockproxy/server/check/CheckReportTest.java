package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    @Test
    void oneLineForEachCheckWhateverAwsSays() {
        CheckReport report = new CheckReport(List.of(
                CheckResult.ok("clock", "off by 0 s at most"),
                CheckResult.failed("role a as b", "STS says\r\n\"no\"\u001b[31m", "do\nthis")));
        assertThat(report.lines())
                .containsExactly(
                        "ok       clock: off by 0 s at most", "failed   role a as b: STS says \"no\" [31m -- do this");
        assertThat(report.json())
                .isEqualTo("[{\"name\":\"clock\",\"state\":\"ok\",\"detail\":\"off by 0 s at most\",\"advice\":\"\"},"
                        + "{\"name\":\"role a as b\",\"state\":\"failed\",\"detail\":\"STS says \\\"no\\\" [31m\","
                        + "\"advice\":\"do this\"}]\n");
    }

    @Test
    void onlyAFailureFails() {
        CheckResult ok = CheckResult.ok("a", "");
        CheckResult warning = CheckResult.warning("b", "", "");
        CheckResult skipped = CheckResult.skipped("c", "");
        assertThat(new CheckReport(List.of(ok, warning, skipped)).exitCode()).isZero();
        assertThat(new CheckReport(List.of(ok, CheckResult.failed("d", "", ""))).exitCode())
                .isEqualTo(1);
    }
}
