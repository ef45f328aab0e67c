package io.bedrockproxy.emulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.RequestHead;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which permissions requests ask for. */
class NeedsTest {
    private static final String ACCOUNT = "123456789012";
    private static final List<Operation> OPERATIONS =
            Operations.all(InstantSource.system(), Duration.ZERO, new Random(1));

    private static List<Need> needs(String method, String target, List<HttpField> headers, String body) {
        RoleSession session = new RoleSession("arn:aws:iam::" + ACCOUNT + ":role/r", "s");
        AccessKey key = new AccessKey("ASIA", "secret", "token", Instant.MAX, Identity.of(session));
        RequestHead head = new RequestHead("HTTP/1.1", false, method, target, headers, 0);
        for (Operation operation : OPERATIONS) {
            Map<String, String> variables = operation.match(method, head.path());
            if (variables != null) {
                ObjectNode json = Objects.requireNonNull(Json.parse(body.getBytes(UTF_8)));
                return operation.needs().apply(new Call(head, variables, json, key, "us-east-1"));
            }
        }
        throw new AssertionError("No operation has " + target);
    }

    private static List<String> texts(List<Need> needs) {
        return needs.stream()
                .map(need -> need.action().replace("bedrock:", "")
                        + ' '
                        + need.resource()
                                .replace("arn:aws:bedrock:us-east-1:" + ACCOUNT + ":", "~")
                                .replace("arn:aws:bedrock:", "^"))
                .toList();
    }

    /** ~ stands for an ARN of the caller's account in the region of the request, ^ for any of Bedrock. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        POST | /model/amazon.nova-pro-v1:0/invoke          | InvokeModel ^us-east-1::foundation-model/amazon.nova-pro-v1:0
        POST | /model/amazon.nova-pro-v1:0/converse        | InvokeModel ^us-east-1::foundation-model/amazon.nova-pro-v1:0
        POST | /model/amazon.nova-pro-v1:0/converse-stream | InvokeModelWithResponseStream ^us-east-1::foundation-model/amazon.nova-pro-v1:0
        POST | /model/a.b/invoke-with-response-stream      | InvokeModelWithResponseStream ^us-east-1::foundation-model/a.b
        POST | /model/a.b/count-tokens                     | CountTokens ^us-east-1::foundation-model/a.b
        POST | /model/us.meta.x/converse                   | InvokeModel ~inference-profile/us.meta.x, InvokeModel ^us-east-1::foundation-model/meta.x, InvokeModel ^us-east-2::foundation-model/meta.x, InvokeModel ^us-west-2::foundation-model/meta.x
        POST | /model/global.meta.x/converse               | InvokeModel ~inference-profile/global.meta.x, InvokeModel ^us-east-1::foundation-model/meta.x, InvokeModel ^::foundation-model/meta.x
        POST | /model/arn:aws:bedrock:us-east-1:123456789012:inference-profile%2Fca.meta.x/invoke | InvokeModel ~inference-profile/ca.meta.x, InvokeModel ^us-east-1::foundation-model/meta.x, InvokeModel ^ca-central-1::foundation-model/meta.x, InvokeModel ^ca-west-1::foundation-model/meta.x
        POST | /model/arn:aws:bedrock:us-east-1:9:application-inference-profile%2Fabc/invoke | InvokeModel ^us-east-1:9:application-inference-profile/abc, InvokeModel ^us-east-1::foundation-model/amazon.nova-lite-v1:0
        POST | /model/arn:aws:bedrock:us-east-1:9:provisioned-model%2Fabc/invoke | InvokeModel ^us-east-1:9:provisioned-model/abc
        POST | /model/arn:aws:bedrock:us-east-1:9:custom-model%2Fmeta.x%2Fabc/invoke | InvokeModel ^us-east-1:9:custom-model/meta.x/abc
        POST | /model/arn:aws:bedrock:us-east-1::foundation-model%2Fmeta.x/invoke | InvokeModel ^us-east-1::foundation-model/meta.x
        POST | /model/arn:aws:bedrock:us-east-1:9:prompt%2FABC:1/converse | RenderPrompt ^us-east-1:9:prompt/ABC:1, InvokeModel ^us-east-1::foundation-model/amazon.nova-lite-v1:0
        POST | /model/arn:aws:bedrock:us-east-1:9:default-prompt-router%2Fmeta.llama:1/converse | InvokeModel ^us-east-1:9:default-prompt-router/meta.llama:1, InvokeModel ^us-east-1::foundation-model/amazon.nova-lite-v1:0
        POST | /model/arn:aws:sagemaker:us-east-1:9:endpoint%2Fe/converse | InvokeModel ~marketplace/model-endpoint/all-access, sagemaker:InvokeEndpoint arn:aws:sagemaker:us-east-1:9:endpoint/e
        POST | /guardrail/g1/version/DRAFT/apply           | ApplyGuardrail ~guardrail/g1
        POST | /guardrail/arn:aws:bedrock:us-east-1:9:guardrail%2Fg1/version/1/apply | ApplyGuardrail ^us-east-1:9:guardrail/g1
        POST | /guardrail-checks/invoke                    | InvokeGuardrailChecks *
        POST | /async-invoke                               | InvokeModel ^us-east-1::foundation-model/amazon.nova-reel-v1:0, TagResource ~async-invoke/*
        GET  | /async-invoke/arn:aws:bedrock:us-east-1:9:async-invoke%2Fx | GetAsyncInvoke ^us-east-1:9:async-invoke/x
        GET  | /async-invoke?maxResults=1                  | ListAsyncInvokes *
        GET  | /foundation-models                          | ListFoundationModels *
        GET  | /foundation-models/meta.x                   | GetFoundationModel ^us-east-1::foundation-model/meta.x
        GET  | /inference-profiles?type=APPLICATION        | ListInferenceProfiles *
        GET  | /inference-profiles/us.meta.x               | GetInferenceProfile ~inference-profile/us.meta.x
        """)
    void eachOperationHasItsActionsAndResources(String method, String target, String expected) {
        List<Need> needs =
                needs(method, target, List.of(), "{\"modelId\":\"amazon.nova-reel-v1:0\",\"tags\":[{\"key\":\"a\"}]}");

        assertThat(texts(needs)).containsExactly(expected.split(", ", -1));
    }

    @Test
    void modelsBehindAProfileAreAskedForInItsName() {
        List<Need> needs = needs("POST", "/model/us.meta.x/converse", List.of(), "{}");

        assertThat(needs.get(0).context()).isEmpty();
        assertThat(needs.subList(1, 4))
                .allSatisfy(need -> assertThat(need.context().get("bedrock:InferenceProfileArn"))
                        .containsExactly("arn:aws:bedrock:us-east-1:" + ACCOUNT + ":inference-profile/us.meta.x"));
        assertThat(needs).extracting(Need::region).containsExactly("us-east-1", "us-east-1", "us-east-2", "us-west-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                                                                  | g1
        {"guardrailConfig":{"guardrailIdentifier":"g1","guardrailVersion":"2"}}             |
        """)
    void aGuardrailThatIsNamedIsAppliedToo(String body, String header) {
        List<HttpField> headers = header == null
                ? List.of()
                : List.of(
                        new HttpField("x-amzn-bedrock-guardrailidentifier", header),
                        new HttpField("x-amzn-bedrock-guardrailversion", "2"));

        List<Need> needs = needs("POST", "/model/meta.x/converse", headers, body);

        assertThat(texts(needs))
                .containsExactly("InvokeModel ^us-east-1::foundation-model/meta.x", "ApplyGuardrail ~guardrail/g1");
        assertThat(needs.get(0).context().get("bedrock:GuardrailIdentifier"))
                .containsExactly("arn:aws:bedrock:us-east-1:" + ACCOUNT + ":guardrail/g1:2");
    }

    @Test
    void systemToolsAreInvokedToo() {
        String body = "{\"toolConfig\":{\"tools\":[{\"systemTool\":{\"name\":\"nova_grounding\"}},{\"toolSpec\":{}}]}}";

        assertThat(texts(needs("POST", "/model/amazon.nova-2/converse", List.of(), body)))
                .containsExactly(
                        "InvokeModel ^us-east-1::foundation-model/amazon.nova-2",
                        "InvokeTool ^:" + ACCOUNT + ":system-tool/nova_grounding");
    }
}
