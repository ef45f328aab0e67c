package io.bedrockproxy.server.check;

import static io.bedrockproxy.server.check.CheckBench.EXTERNAL_ID;
import static io.bedrockproxy.server.check.CheckBench.ROLE_ARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --invoke}: one tiny request that Bedrock's side verifies, and what is advised when it refuses. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckInvokeIT {
    private static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    @TempDir
    Path folder;

    @Test
    void sendsOneRequestForEachClientThatMayUseTheModel() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("""
                    clients.invoke-only { role = test, operations = [InvokeModel], secrets = [{ sha256 = %s }] }
                    clients.others-models { role = test, models = ["amazon.*"], secrets = [{ sha256 = %s }] }
                    clients.reader { role = test, operations = [discovery], secrets = [{ sha256 = %s }] }
                    """.formatted("1b".repeat(32), "2c".repeat(32), "3d".repeat(32)), MODEL);

            assertThat(report.exitCode()).as(report.json()).isZero();
            assertThat(line(report, "app")).startsWith("ok ").contains("Converse of " + MODEL + " is answered");
            assertThat(line(report, "invoke-only")).startsWith("ok ").contains("InvokeModel of " + MODEL);
            assertThat(line(report, "others-models")).startsWith("skipped ").contains(".models does not allow");
            assertThat(line(report, "reader")).startsWith("skipped ").contains("neither Converse nor InvokeModel");
            List<RecordedRequest> arrived = bench.emulator().recorder().requests();
            assertThat(arrived)
                    .filteredOn(request -> request.operation() != null)
                    .extracting(RecordedRequest::operation, RecordedRequest::modelId, RecordedRequest::roleArn)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("Converse", MODEL, ROLE_ARN),
                            org.assertj.core.groups.Tuple.tuple("InvokeModel", MODEL, ROLE_ARN));
        }
    }

    @Test
    void aModelThatDoesNotConverseIsInvokedInItsOwnForm() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("", "amazon.titan-embed-text-v2:0");
            assertThat(line(report, "app"))
                    .startsWith("ok ")
                    .contains("InvokeModel of amazon.titan-embed-text-v2:0 is answered");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.knows-this-v1, failed, ValidationException, there is no model nobody.knows-this-v1 in us-east-1",
        "emulator.error-ResourceNotFoundException, failed, ResourceNotFoundException, the model is retired",
        "emulator.error-AccessDeniedException, failed, AccessDeniedException, ask for access to the model",
        "emulator.error-ExpiredTokenException, failed, ExpiredTokenException, the credentials ended early",
        "emulator.error-InvalidSignatureException, failed, InvalidSignatureException, the secret key does not belong",
        "emulator.error-ThrottlingException, warning, ThrottlingException, the account's quota",
        "emulator.error-InternalServerException, warning, InternalServerException, try again",
        "../../elsewhere, failed, identifier in the path, correct the model id"
    })
    void saysWhatToDoAboutEachError(String model, String state, String said, String advice) {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("", model);
            assertThat(line(report, "app")).startsWith(state).contains(said).containsSubsequence(" -- ", advice);
            assertThat(report.exitCode()).isEqualTo(state.equals("failed") ? 1 : 0);
        }
    }

    @Test
    void aRoleWithoutThePermission() {
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().roles(List.of(RoleRule.of(ROLE_ARN, EXTERNAL_ID).withPermissionsPolicy("""
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"bedrock:InvokeModel",
                             "Resource":"arn:aws:bedrock:us-east-1::foundation-model/amazon.*"}]}""")));
            CheckReport report = bench.check("", MODEL);
            assertThat(line(report, "app"))
                    .startsWith("failed ")
                    .contains("AccessDeniedException: ", "because no identity-based policy allows")
                    .contains(" -- give the role the permission that AWS names, for " + MODEL);
        }
    }

    @Test
    void aClockThatBedrockRefuses() {
        try (CheckBench bench = CheckBench.start(folder)) {
            bench.emulator().clockSkew(Duration.ofMinutes(8));
            CheckReport report = bench.check("", MODEL);
            assertThat(line(report, "app"))
                    .contains(
                            "InvalidSignatureException: Signature expired",
                            " -- correct this machine's clock with NTP");
        }
    }

    @Test
    void aModelThatNoClientMayUseIsAFailure() {
        try (CheckBench bench = CheckBench.start(folder)) {
            CheckReport report = bench.check("clients.app.models = [\"amazon.*\"]", MODEL);
            assertThat(report.exitCode()).isEqualTo(1);
            assertThat(report.lines()).last().asString().contains("failed   invoke: " + MODEL, "clients.NAME.models");
        }
    }

    private static String line(CheckReport report, String client) {
        return report.lines().stream()
                .filter(line -> line.substring(9).startsWith("invoke " + client + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + client + " in " + report.lines()));
    }
}
