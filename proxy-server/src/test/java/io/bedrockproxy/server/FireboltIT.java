package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Firebolt's {@code CREATE LOCATION … SOURCE = AMAZON_BEDROCK} knows, as configuration of the proxy: a role with or
 * without external ID, access keys, temporary keys; and what its queries do with it: {@code InvokeModel} of a Nova model.
 * docs/PLATFORMS.md has the fields.
 */
@ExtendWith(LeakCheck.class)
class FireboltIT {
    private static final String ROLE = "arn:aws:iam::111122223333:role/BedrockAccess";
    private static final String MODEL = "amazon.nova-micro-v1:0";
    private static final String BODY = """
            {"messages":[{"role":"user","content":[{"text":"Is this review positive? It works."}]}],
             "inferenceConfig":{"maxTokens":20,"temperature":0}}""";

    private static final String SECRET = LocalProxy.newSecret();

    /** Firebolt's principal; the role's trust policy names it. */
    private static String trust(String condition) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
                 "Action":"sts:AssumeRole"%s}]}""".formatted(Emulator.USER_ARN, condition);
    }

    private static final String PERMISSIONS = """
            {"Version":"2012-10-17","Statement":[{"Sid":"BedrockInvokeModel","Effect":"Allow",
             "Action":"bedrock:InvokeModel","Resource":"arn:aws:bedrock:us-east-1::foundation-model/%s"}]}""".formatted(MODEL);

    private static LocalProxy start(Consumer<Emulator> aws, String credentials) {
        return LocalProxy.builder()
                .prepared(aws)
                .config("clients.firebolt { secrets = [ { sha256 = " + LocalProxy.sha256(SECRET)
                        + " } ], models = [\"amazon.nova-*\"], operations = [InvokeModel], " + credentials)
                .start();
    }

    private static HttpResponse<String> query(LocalProxy proxy) {
        Calls calls = new Calls(proxy);
        return calls.send(calls.request(SECRET, MODEL, "invoke", "")
                .POST(BodyPublishers.ofString(BODY))
                .build());
    }

    private static RecordedRequest answered(LocalProxy proxy) {
        HttpResponse<String> answer = query(proxy);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"output\":{\"message\":{", "\"stopReason\":");
        RecordedRequest arrived = proxy.emulator().recorder().last();
        assertThat(arrived.operation()).isEqualTo("InvokeModel");
        assertThat(arrived.modelId()).isEqualTo(MODEL);
        assertThat(arrived.leak()).isFalse();
        return arrived;
    }

    private static Consumer<Emulator> role(String trustPolicy) {
        return aws -> aws.roles(List.of(
                RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                RoleRule.of(ROLE, null).withTrustPolicy(trustPolicy).withPermissionsPolicy(PERMISSIONS)));
    }

    private static final String EXTERNAL_ID = """
            ,"Condition":{"StringEquals":{"sts:ExternalId":"firebolt-chosen-by-you"}}""";

    @Test
    void roleArnWithExternalId() {
        try (LocalProxy proxy = start(role(trust(EXTERNAL_ID)), "role = firebolt }\n" + """
                roles.firebolt { role-arn = "%s", external-id = firebolt-chosen-by-you, source = emulator }
                """.formatted(ROLE))) {
            RecordedRequest arrived = answered(proxy);
            assertThat(arrived.roleArn()).isEqualTo(ROLE);
            assertThat(arrived.sessionName()).isEqualTo("firebolt");
            assertThat(assumed(proxy).externalId()).isEqualTo("firebolt-chosen-by-you");
        }
    }

    @Test
    void roleArnWithAWrongExternalIdIsToldAsStsToldIt() {
        try (LocalProxy proxy = start(role(trust(EXTERNAL_ID)), "role = firebolt }\n" + """
                roles.firebolt { role-arn = "%s", external-id = somebody-elses, source = emulator }
                """.formatted(ROLE))) {
            HttpResponse<String> answer = query(proxy);
            assertThat(answer.statusCode()).isEqualTo(424);
            assertThat(answer.headers().firstValue("x-bedrock-proxy-failure")).contains("credentials-denied");
            assertThat(proxy.emulator().recorder().requestCount()).isZero();
        }
    }

    @Test
    void roleArnOnly() {
        try (LocalProxy proxy = start(
                role(trust("")),
                "role = firebolt }\nroles.firebolt { role-arn = \"" + ROLE + "\", source = emulator }")) {
            assertThat(answered(proxy).roleArn()).isEqualTo(ROLE);
            assertThat(assumed(proxy).externalId()).isNull();
        }
    }

    @Test
    void accessKeys() {
        String user = "arn:aws:iam::111122223333:user/firebolt";
        try (LocalProxy proxy = start(
                aws -> aws.addKey(AccessKey.longLived("AKIAFIREBOLT00000000", "firebolt/secret/key", user)), """
                source = firebolt }
                sources.firebolt { access-key-id = AKIAFIREBOLT00000000, secret-access-key = "firebolt/secret/key" }
                """)) {
            RecordedRequest arrived = answered(proxy);
            assertThat(arrived.accessKeyId()).isEqualTo("AKIAFIREBOLT00000000");
            assertThat(arrived.header("x-amz-security-token")).isNull();
            assertThat(proxy.emulator().recorder().stsCalls())
                    .as("only the other client's role is assumed")
                    .noneMatch(call -> "AKIAFIREBOLT00000000".equals(call.accessKeyId()));
        }
    }

    @Test
    void temporaryKeys() {
        AccessKey key = new AccessKey(
                "ASIAFIREBOLT00000000",
                "temporary/secret/key",
                "temporary-session-token",
                InstantSource.system().instant().plus(Duration.ofHours(1)),
                Identity.user("arn:aws:iam::111122223333:user/firebolt"));
        try (LocalProxy proxy = start(aws -> aws.addKey(key), """
                source = firebolt }
                sources.firebolt { access-key-id = ASIAFIREBOLT00000000, secret-access-key = "temporary/secret/key"
                                   session-token = temporary-session-token }
                """)) {
            RecordedRequest arrived = answered(proxy);
            assertThat(arrived.accessKeyId()).isEqualTo("ASIAFIREBOLT00000000");
            assertThat(arrived.header("x-amz-security-token")).isEqualTo("temporary-session-token");
        }
    }

    private static StsCall assumed(LocalProxy proxy) {
        return await().until(
                        () -> proxy.emulator().recorder().stsCalls().stream()
                                .filter(call -> ROLE.equals(call.roleArn()))
                                .findFirst()
                                .orElse(null),
                        call -> call != null);
    }
}
