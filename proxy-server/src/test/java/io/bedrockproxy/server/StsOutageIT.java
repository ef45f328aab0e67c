package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.StsMode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STS is down or says no: the proxy lives, says so, sends nothing, and heals without a restart. */
@ExtendWith(LeakCheck.class)
class StsOutageIT {
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String STS_SAYS = "is not authorized to perform: sts:AssumeRole";
    private static final String TRUST_IN_ANOTHER = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":
             "arn:aws:iam::111122223333:role/somebody-else"},"Action":"sts:AssumeRole"}]}""";

    @ParameterizedTest
    @EnumSource(names = {"ERROR_500", "THROTTLED", "HANG", "CUT", "MALFORMED", "EXPIRED_CREDENTIALS"})
    void stsThatIsDownFromTheStartIsWaitedFor(StsMode mode) {
        try (LocalProxy proxy = LocalProxy.builder()
                .prepared(emulator -> emulator.stsMode(mode))
                .start()) {
            Calls calls = new Calls(proxy);
            HttpResponse<String> refused = calls.converse();
            assertShown(proxy, refused, 503, "credentials-unavailable", "ServiceUnavailableException");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertAliveAndNotReady(calls, "credentials-unavailable");
            assertThat(proxy.emulator().recorder().requestCount())
                    .as("nothing goes upstream unsigned")
                    .isZero();

            proxy.emulator().stsMode(StsMode.OK);
            await().pollInterval(POLL).atMost(HEALED_WITHIN).until(calls::isReady);
            assertThat(calls.converse().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void stsThatDeniesIsAskedAgainByRequests() {
        try (LocalProxy proxy = LocalProxy.builder()
                .prepared(emulator -> emulator.stsMode(StsMode.DENIED))
                .start()) {
            Calls calls = new Calls(proxy);
            HttpResponse<String> refused = calls.converse();
            assertShown(proxy, refused, 424, "credentials-denied", "CredentialsDeniedException");
            assertThat(refused.headers().firstValue("Retry-After"))
                    .as("repeating does not help")
                    .isEmpty();
            assertAliveAndNotReady(calls, "credentials-denied");
            assertThat(proxy.emulator().recorder().requestCount()).isZero();

            proxy.emulator().stsMode(StsMode.OK);
            await().pollInterval(POLL)
                    .atMost(HEALED_WITHIN)
                    .until(() -> calls.converse().statusCode() == 200);
            assertThat(calls.isReady()).isTrue();
        }
    }

    @Test
    void aWrongExternalIdIsToldWithoutNamingIt() {
        String wrong = "another-external-id";
        try (LocalProxy proxy =
                LocalProxy.builder().config("roles.test.external-id = " + wrong).start()) {
            HttpResponse<String> refused = new Calls(proxy).converse();
            assertShown(proxy, refused, 424, "credentials-denied", "CredentialsDeniedException");
            assertThat(refused.body())
                    .contains("AccessDenied", LocalProxy.ROLE_ARN, "check its trust policy and external ID")
                    .doesNotContain(wrong);
            assertThat(new Calls(proxy).admin("/readyz").body()).doesNotContain(wrong, LocalProxy.EXTERNAL_ID);
            assertThat(proxy.emulator().recorder().requestCount()).isZero();
        }
    }

    @Test
    void oneCustomersBrokenTrustPolicyIsToldAndLeavesTheGatewayReady() {
        String broken = "arn:aws:iam::111122223333:role/broken";
        String secret = LocalProxy.newSecret();
        try (CapturedLog log = new CapturedLog();
                LocalProxy proxy = LocalProxy.builder()
                        .prepared(aws -> aws.roles(List.of(
                                RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                                RoleRule.of(broken, null).withTrustPolicy(TRUST_IN_ANOTHER))))
                        .config("roles.broken { role-arn = \"" + broken
                                + "\", source = emulator, session-policy = none }")
                        .config("clients.broken { role = broken, secrets = [ { sha256 = " + LocalProxy.sha256(secret)
                                + " } ] }")
                        .start()) {
            log.force(Level.INFO, List.of());
            Calls calls = new Calls(proxy);
            await().until(calls::isReady);

            HttpResponse<String> refused = calls.converse(secret, Calls.MODEL);

            assertShown(proxy, refused, 424, "credentials-denied", "CredentialsDeniedException");
            assertThat(refused.body())
                    .as("a summary that is safe to show")
                    .contains("AccessDenied", broken, "check its trust policy and external ID")
                    .doesNotContain(STS_SAYS, Emulator.USER_ARN);
            assertThat(log.lines())
                    .as("STS's own code and message, once")
                    .filteredOn(line -> line.contains("code=AccessDenied") && line.contains(broken))
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains(Emulator.USER_ARN, STS_SAYS);
            assertThat(calls.converse().statusCode()).as("another customer").isEqualTo(200);
            assertThat(calls.admin("/readyz"))
                    .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                    .satisfies(ready -> assertThat(ready.body())
                            .contains("\"ready\":true", "\"state\":\"failed\"", broken, "AccessDenied"));
        }
    }

    @Test
    void credentialsThatLiveAreServedWhileStsIsDown() {
        try (LocalProxy proxy = LocalProxy.builder()
                .emulator(e -> e.withCredentialLife(Duration.ofSeconds(10)))
                .start()) {
            Calls calls = new Calls(proxy);
            assertThat(calls.converse().statusCode()).isEqualTo(200);
            proxy.emulator().stsMode(StsMode.ERROR_500);
            await().pollInterval(POLL).atMost(Duration.ofSeconds(9)).until(() -> {
                assertThat(calls.converse().statusCode()).isEqualTo(200);
                return failedCalls(proxy) >= 2;
            });
            assertThat(calls.converse().statusCode()).isEqualTo(200);
            assertThat(calls.admin("/readyz"))
                    .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                    .satisfies(ready -> assertThat(ready.body()).contains("last refresh failed: InternalFailure"));

            proxy.emulator().stsMode(StsMode.OK);
            await().pollInterval(POLL)
                    .atMost(HEALED_WITHIN)
                    .until(() -> !calls.admin("/readyz").body().contains("failed"));
            assertThat(proxy.emulator().recorder().refusedCount()).isZero();
        }
    }

    private static void assertShown(
            LocalProxy proxy, HttpResponse<String> refused, int status, String kind, String errorType) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.headers().firstValue("x-bedrock-proxy-failure")).contains(kind);
        assertThat(refused.headers().firstValue("x-amzn-errortype")).contains(errorType);
        assertThat(refused.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(refused.headers().firstValue("content-type")).contains("application/json");
        assertThat(refused.body()).matches("\\{\"message\":\"[^\"]{10,}\"}");
        assertThat(Calls.visible(refused))
                .as("no secret, credential, class name or stack trace")
                .doesNotContain(proxy.secret(), LocalProxy.EXTERNAL_ID)
                .doesNotContain(proxy.emulator().accessKeyId(), proxy.emulator().secretAccessKey())
                .doesNotContain("software.amazon", "java.", "io.bedrockproxy", "\tat ");
    }

    private static void assertAliveAndNotReady(Calls calls, String kind) {
        assertThat(calls.admin("/livez").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = calls.admin("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .contains("\"ready\":false", "\"state\":\"failed\"", kind, LocalProxy.ROLE_ARN)
                .doesNotContain(LocalProxy.EXTERNAL_ID);
    }

    private static long failedCalls(LocalProxy proxy) {
        return proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> call.errorCode() != null)
                .count();
    }
}
