package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.emulator.recording.StsCall;
import io.bedrockproxy.emulator.signature.Verdict;
import io.bedrockproxy.emulator.sts.RoleRule;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Kore.ai's Agent Platform asks for when an Amazon Bedrock model is integrated: a cross-account role, an STS endpoint
 * of the role's region and not the model's, model ids of every deployment form, a "test request", and a role that may list
 * models. docs/PLATFORMS.md has the fields.
 */
@ExtendWith(LeakCheck.class)
class KoreAiIT {
    private static final String ROLE = "arn:aws:iam::111122223333:role/kore-bedrock";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}]}
            """.formatted(Emulator.USER_ARN);

    private static final String PERMISSIONS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["bedrock:InvokeModel",
             "bedrock:ListFoundationModels","sagemaker:InvokeEndpoint"],"Resource":"*"}]}""";

    private static final String SECRET = LocalProxy.newSecret();

    /** The request body that the platform's form proposes, with its variable filled in. */
    private static final String TEST_REQUEST = """
            {"anthropic_version":"bedrock-2023-05-31","max_tokens":64,
             "messages":[{"role":"user","content":[{"type":"text","text":"What is the capital of France?"}]}]}""";

    @AutoClose
    private final LocalProxy proxy = LocalProxy.builder()
            .prepared(aws -> aws.roles(List.of(
                    RoleRule.of(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID),
                    RoleRule.of(ROLE, null).withTrustPolicy(TRUST).withPermissionsPolicy(PERMISSIONS))))
            .config("roles.kore { role-arn = \"" + ROLE + "\", source = emulator, sts-region = eu-central-1 }")
            .config(client("inference"))
            .start();

    private final Calls calls = new Calls(proxy);

    private static String client(String operations) {
        return "clients.kore { role = kore, secrets = [ { sha256 = " + LocalProxy.sha256(SECRET)
                + " } ], operations = [" + operations + "] }";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic.claude-3-haiku-20240307-v1:0",
                "us.anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0",
                "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6",
                "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/a1b2c3d4e5f6",
                "arn:aws:sagemaker:us-east-1:111122223333:endpoint/kore-marketplace"
            })
    void testRequestToEveryKindOfModelId(String modelId) {
        HttpResponse<String> answer = calls.send(calls.request(SECRET, modelId, "invoke", "")
                .POST(BodyPublishers.ofString(TEST_REQUEST))
                .build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        RecordedRequest arrived = proxy.emulator().recorder().last();
        assertThat(arrived.modelId()).isEqualTo(modelId);
        assertThat(arrived.roleArn()).isEqualTo(ROLE);
        assertThat(arrived.verdict())
                .as("signed for the model's region")
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verified -> assertThat(verified.region()).isEqualTo("us-east-1"));
        StsCall assumed = proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> ROLE.equals(call.roleArn()))
                .findFirst()
                .orElseThrow();
        assertThat(assumed.region()).as("signed for the role's region").isEqualTo("eu-central-1");
        assertThat(assumed.errorCode()).isNull();
    }

    @Test
    void listsModelsOnlyWhenDiscoveryIsAllowed() {
        HttpResponse<String> refused = get("/foundation-models?byProvider=anthropic");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("x-bedrock-proxy-failure")).contains("forbidden-operation");
        assertThat(proxy.emulator().recorder().requestCount()).isZero();

        new ProxyFile(proxy).reload(client("inference, discovery"));
        HttpResponse<String> listed = get("/foundation-models?byProvider=anthropic");

        assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
        assertThat(listed.body())
                .contains("\"modelSummaries\":[{", "anthropic.claude")
                .doesNotContain("amazon.nova");
        RecordedRequest arrived = proxy.emulator().recorder().last();
        assertThat(arrived.operation()).isEqualTo("ListFoundationModels");
        assertThat(arrived.target()).isEqualTo("/foundation-models?byProvider=anthropic");
        assertThat(arrived.roleArn()).isEqualTo(ROLE);
    }

    @Test
    void aReadTakesNoBody() {
        new ProxyFile(proxy).reload(client("discovery"));
        HttpResponse<String> refused = calls.send(to("/foundation-models")
                .method("GET", BodyPublishers.ofString("{}"))
                .build());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("x-bedrock-proxy-failure")).contains("bad-request");
        assertThat(proxy.emulator().recorder().requestCount()).isZero();
        assertThat(get("/foundation-models").statusCode()).as("the next one").isEqualTo(200);
    }

    private HttpResponse<String> get(String target) {
        return calls.send(to(target).GET().build());
    }

    private HttpRequest.Builder to(String target) {
        URI uri = URI.create(proxy.endpoint() + target);
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + SECRET);
    }
}
