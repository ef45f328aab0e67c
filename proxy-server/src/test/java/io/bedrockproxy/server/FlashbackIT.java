package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flashback's fields <em>API Endpoint</em>, <em>API Secret</em> and the optional <em>API Key</em>, with what its guide for
 * delegated Bedrock access asks of a signing gateway: external ID, least privilege, audit, revocation. docs/PLATFORMS.md
 * has the fields.
 */
@ExtendWith(LeakCheck.class)
class FlashbackIT {
    private static final String ROLE = "arn:aws:iam::111122223333:role/flashback-bedrock";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",
             "Condition":{"StringEquals":{"sts:ExternalId":"flashback-workspace-7"}}}]}""".formatted(Emulator.USER_ARN);

    private static final String NOVA = "amazon.nova-lite-v1:0";
    private static final String CLAUDE = "anthropic.claude-3-haiku-20240307-v1:0";

    private final String apiSecret = LocalProxy.newSecret();
    private final String nextSecret = LocalProxy.newSecret();

    @TempDir
    Path secrets;

    @AutoClose
    private final CapturedLog log = new CapturedLog();

    @AutoClose
    private LocalProxy proxy;

    private Calls calls;

    @BeforeEach
    void start() throws IOException {
        log.force(Level.INFO, List.of());
        Files.writeString(secrets.resolve("current"), apiSecret);
        Files.writeString(secrets.resolve("next"), nextSecret);
        proxy = LocalProxy.builder()
                .prepared(aws -> {
                    aws.roles(List.of(
                            RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                            RoleRule.of(ROLE, null).withTrustPolicy(TRUST)));
                    aws.forbidSecret(apiSecret);
                })
                .config("""
                        roles.flashback { role-arn = "%s", external-id = flashback-workspace-7, source = emulator }
                        clients.flashback {
                          role = flashback, models = ["amazon.nova-*"], operations = [InvokeModel, Converse]
                          secrets = [ { file = "%s" }, { file = "%s" } ]
                        }
                        """.formatted(ROLE, secrets.resolve("current"), secrets.resolve("next")))
                .start();
        calls = new Calls(proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer SECRET,,, 200",
        "Authorization, bearer SECRET,,, 200",
        "x-api-key, SECRET,,, 200",
        "api-key, SECRET,,, 200",
        "Authorization, Bearer SECRET, x-api-key, SECRET, 200",
        "Authorization, Bearer SECRET, api-key, SECRET, 200",
        "Authorization, Bearer SECRET, x-api-key, NEXT, 401",
        "Authorization, Bearer SECRET, x-api-key, another-key-of-the-form, 401",
        "x-api-key, SECRET, api-key, another-key-of-the-form, 401",
    })
    void apiSecretWithAnApiKeyBesideIt(String header, String value, String second, String secondValue, int status) {
        HttpRequest form = calls.request(apiSecret, NOVA, "converse", "Hello").build();
        HttpRequest.Builder built = HttpRequest.newBuilder(form.uri())
                .POST(form.bodyPublisher().orElseThrow())
                .header("Content-Type", "application/json")
                .header(header, filled(value));
        if (second != null) {
            built.header(second, filled(secondValue));
        }
        HttpResponse<String> answer = calls.send(built.build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(status == 200 ? 1 : 0);
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
    }

    private String filled(String value) {
        return value.replace("SECRET", apiSecret).replace("NEXT", nextSecret);
    }

    @Test
    void mayDoNoMoreThanItsRulesSay() {
        assertThat(calls.converse(apiSecret, NOVA).statusCode()).isEqualTo(200);
        assertThat(calls.converse(apiSecret, CLAUDE).headers().firstValue("x-bedrock-proxy-failure"))
                .contains("forbidden-model");
        HttpResponse<String> stream = calls.send(
                calls.request(apiSecret, NOVA, "converse-stream", "Hello").build());
        assertThat(stream.headers().firstValue("x-bedrock-proxy-failure")).contains("forbidden-operation");
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(1);
    }

    @Test
    void everyCallIsToBeFoundInBothLogs() {
        HttpResponse<String> answer = calls.converse(apiSecret, NOVA);
        RecordedRequest arrived = proxy.emulator().recorder().last();
        assertThat(arrived.session().assumedRoleArn())
                .as("what CloudTrail shows")
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/flashback-bedrock/flashback");
        String requestId = answer.headers().firstValue("x-amzn-requestid").orElseThrow();
        assertThat(await("the line that is written after the answer")
                        .until(() -> accessLogged(requestId), lines -> !lines.isEmpty()))
                .singleElement()
                .asString()
                .contains("\"client\":\"flashback\"", "\"operation\":\"Converse\"", "\"model\":\"" + NOVA + '"')
                .doesNotContain(apiSecret);
    }

    private List<String> accessLogged(String requestId) {
        return log.lines().stream()
                .filter(line -> line.contains("\"request_id\":\"" + requestId + '"'))
                .toList();
    }

    @Test
    void aSecretThatIsRemovedFromTheFileStopsAtTheNextRequest() {
        assertThat(calls.converse(apiSecret, NOVA).statusCode()).isEqualTo(200);
        new ProxyFile(proxy).reload("clients.flashback.secrets = [ { file = \"" + secrets.resolve("next") + "\" } ]");

        assertThat(calls.converse(apiSecret, NOVA).statusCode()).isEqualTo(401);
        assertThat(calls.converse(nextSecret, NOVA).statusCode()).isEqualTo(200);
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(2);
    }

    @Test
    void aSecretFileThatIsEmptiedShutsTheSecretOut() throws IOException {
        Files.writeString(secrets.resolve("current"), "");
        proxy.server().reload().toCompletableFuture().join();
        assertThat(calls.converse(apiSecret, NOVA).statusCode()).isEqualTo(401);
        assertThat(calls.converse(nextSecret, NOVA).statusCode()).isEqualTo(200);

        Files.writeString(secrets.resolve("next"), "\n");
        proxy.server().reload().toCompletableFuture().join();
        assertThat(calls.converse(nextSecret, NOVA).statusCode())
                .as("the last one too: what is revoked is not kept for want of another")
                .isEqualTo(401);
        assertThat(calls.converse().statusCode()).as("other clients go on").isEqualTo(200);
        assertThat(log.lines())
                .anyMatch(line ->
                        line.startsWith("WARN") && line.contains("clients.flashback") && line.contains("empty"));
        assertThat(calls.admin("/readyz").body()).contains("\"configuration\":{\"state\":\"current\"");
    }
}
