package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.CheckBench.EXTERNAL_ID;
import static io.bedrockproxy.server.check.CheckBench.ROLE_ARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.server.check.CheckBench.Wrong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each deliberate mistake with sources and roles, against an STS that judges as AWS does: the line and its advice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckRolesIT {
    private static final String ROLE_LINE = "role test as app";
    private static final String SOURCE_LINE = "source emulator";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.bedrockproxy.server.check.Mistake#all")
    void eachMistakeHasItsAdvice(Mistake mistake) {
        try (CheckBench bench = CheckBench.start(folder)) {
            mistake.aws().accept(bench.emulator());

            CheckReport report = bench.check(mistake.hocon());

            assertThat(report.exitCode()).as(report.json()).isEqualTo(1);
            CheckResult failed = only(report, CheckState.FAILED);
            assertThat(failed.name()).isEqualTo(mistake.line());
            assertThat(failed.detail()).contains(mistake.said());
            assertThat(failed.advice()).contains(mistake.advice());
            if (mistake.line().startsWith("source ")) {
                assertThat(only(report, CheckState.SKIPPED).name())
                        .as("for want of a source")
                        .isEqualTo(ROLE_LINE);
            }
        }
    }

    @Test
    void aFileOfKeysWithoutKeys() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), "no keys at all");
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("sources.keys { file = \"" + keys + "\" }, roles.test.source = keys");
            CheckResult failed = only(report, CheckState.FAILED);
            assertThat(failed.name()).isEqualTo("source keys");
            assertThat(failed.detail()).contains("keys-file: " + keys);
            assertThat(failed.advice()).contains("make sources.keys.file a file with keys");
        }
    }

    @Test
    void aRunWithoutMistakesIsOkLineForLine() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("", "anthropic.claude-3-haiku-20240307-v1:0");

            assertThat(report.exitCode()).isZero();
            assertThat(report.results()).as(report.json()).allMatch(result -> result.state() == CheckState.OK);
            assertThat(report.results())
                    .extracting(CheckResult::name)
                    .containsExactly(
                            "configuration",
                            "sts us-east-1",
                            "bedrock-runtime us-east-1",
                            "clock",
                            SOURCE_LINE,
                            ROLE_LINE,
                            "invoke app");
            assertThat(report.lines().get(4)).startsWith("ok       source emulator: " + Emulator.USER_ARN);
            assertThat(report.lines().get(5))
                    .startsWith("ok       role test as app: arn:aws:sts::000000000000:assumed-role/test/app, until ");
            assertThat(assumed(bench)).as("once").containsExactly(ROLE_ARN);
        }
    }

    @Test
    void aChainIsAssumedFromItsBeginningAndOnce() {
        String second = "arn:aws:iam::111122223333:role/second";
        String chained = "roles.second { role-arn = \"" + second
                + "\", source = \"role:test\", session-policy = none }, clients.app.role = second";
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().roles(List.of(RoleRule.of(ROLE_ARN, EXTERNAL_ID), RoleRule.of(second, null)));
            CheckReport good = bench.check(chained);

            assertThat(good.exitCode()).isZero();
            assertThat(assumed(bench)).containsExactly(ROLE_ARN, second);
            assertThat(result(good, "role second as app").state()).isEqualTo(CheckState.WARNING);
            assertThat(result(good, "role second as app").advice())
                    .contains("confused deputy", "roles.second.external-id");

            bench.emulator()
                    .roles(List.of(
                            RoleRule.of(ROLE_ARN, EXTERNAL_ID),
                            RoleRule.of(second, null)
                                    .withTrustPolicy(
                                            Mistake.trust("arn:aws:iam::222233334444:role/x", "sts:AssumeRole"))));
            CheckReport denied = bench.check(chained);
            assertThat(only(denied, CheckState.FAILED).advice())
                    .as("the principal with the path that sessions do not show")
                    .contains("\"Principal\":{\"AWS\":\"" + ROLE_ARN + "\"}");

            CheckReport broken = bench.check(chained + ", roles.test.external-id = " + Wrong.EXTERNAL_ID);
            assertThat(only(broken, CheckState.FAILED).name()).isEqualTo(ROLE_LINE);
            assertThat(only(broken, CheckState.SKIPPED).detail()).isEqualTo("role test as app gave no credentials");
        }
    }

    private static CheckResult only(CheckReport report, CheckState state) {
        return report.results().stream()
                .filter(result -> result.state() == state)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one line is " + state + ": " + report.lines());
                })
                .orElseThrow(() -> new AssertionError("no line is " + state + ": " + report.lines()));
    }

    private static CheckResult result(CheckReport report, String name) {
        return report.results().stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<@Nullable String> assumed(CheckBench bench) {
        return bench.emulator().recorder().stsCalls().stream()
                .filter(call -> "AssumeRole".equals(call.action()))
                .<@Nullable String>map(call -> call.roleArn())
                .toList();
    }
}
