package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final String INVOKE = "/model/amazon.nova-lite-v1%3A0/invoke";

    @ParameterizedTest
    @CsvSource({
        "/model/m/invoke, InvokeModel, m, false",
        "/model/m/invoke-with-response-stream, InvokeModelWithResponseStream, m, true",
        "/model/m/converse, Converse, m, false",
        "/model/m/converse-stream, ConverseStream, m, true",
        "/model/m/count-tokens, CountTokens, m, false",
        "/guardrail/g/version/DRAFT/apply, ApplyGuardrail,, false",
        "/guardrail-checks/invoke, InvokeGuardrailChecks,, false"
    })
    void knowsTheOperationsOfTheRuntime(String path, String operation, String modelId, boolean isEventStream) {
        Route route = Routes.matched(path);
        assertThat(route.operation()).hasToString(operation);
        assertThat(route.operation().group()).isEqualTo(SurfaceTable.INFERENCE);
        assertThat(route.modelId()).isEqualTo(modelId);
        assertThat(route.isEventStream()).isEqualTo(isEventStream);
        assertThat(route.method()).isEqualTo("POST");
        assertThat(route.path()).isEqualTo(path);
        assertThat(route.query()).isEmpty();
        assertThat(route.surface().upstream()).isEqualTo(Upstream.RUNTIME);
        assertThat(route.surface().errorShape()).isEqualTo(ErrorShape.AWS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raw slash | arn:aws:bedrock:us-east-1:123456789012:guardrail/abc",
                "encoded | arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aguardrail%2Fabc",
                "twice | arn%253Aaws%253Abedrock%253Aus-east-1%253A123456789012%253Aguardrail%252Fabc"
            })
    void rebuildsTheArnOfAGuardrail(String name, String written) {
        assertThat(Routes.matched("/guardrail/" + written + "/version/1/apply").path())
                .as(name)
                .isEqualTo("/guardrail/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aguardrail%2Fabc"
                        + "/version/1/apply");
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, /bedrock/model/amazon.nova-lite-v1%3A0/invoke",
        "prefix and a doubled slash, /bedrock//model/amazon.nova-lite-v1%3A0/invoke",
        "prefix and three slashes, /bedrock///model/amazon.nova-lite-v1%3A0/invoke",
        "the longer of two prefixes, /bedrock/eu/model/amazon.nova-lite-v1%3A0/invoke",
        "no prefix, /model/amazon.nova-lite-v1%3A0/invoke",
        "an empty query, /model/amazon.nova-lite-v1:0/invoke?"
    })
    void leadsToTheSamePath(String name, String target) {
        assertThat(Routes.matched(target).path()).as(name).isEqualTo(INVOKE);
    }

    @ParameterizedTest
    @CsvSource({
        "root, /",
        "only slashes, ///",
        "two slashes without a prefix, //model/m/invoke",
        "only a prefix, /bedrock",
        "only a prefix and slashes, /bedrock//",
        "prefix twice, /bedrock/bedrock/model/m/invoke",
        "prefix glued on, /bedrockmodel/m/invoke",
        "prefix in other case, /Bedrock/model/m/invoke",
        "prefix encoded, /%62edrock/model/m/invoke",
        "encoded literal, /%6dodel/m/invoke",
        "encoded operation, /model/m/inv%6fke",
        "operation in upper case, /model/m/INVOKE",
        "trailing slash, /model/m/invoke/",
        "two trailing slashes, /model/m/invoke//",
        "no id, /model/invoke",
        "bidirectional stream, /model/m/invoke-with-bidirectional-stream",
        "a path of nobody, /anything/else",
        "guardrail without version, /guardrail/g/apply",
        "surplus where no variable is, /guardrail-checks/x/invoke"
    })
    void doesNotKnowAPath(String name, String target) {
        assertThat(Routes.refusedKind(target)).as(name).isEqualTo(FailureKind.UNKNOWN_PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "model/m/invoke",
                "http://example.com/model/m/invoke",
                "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke",
                "example.com:443",
                "?x",
                "/model/m/invoke#fragment",
                "/model/m m/invoke",
                "/model/m\t/invoke",
                "/model/m\u007f/invoke",
                "/model/m\u0000/invoke",
                "/model/m\u00e4/invoke",
                "/model/m\ud83d\ude00/invoke"
            })
    void refusesATargetThatIsNoPathOfVisibleAscii(String target) {
        assertThat(Routes.refusedKind(target)).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "/foundation-models, ListFoundationModels,, ''",
        "/foundation-models?byProvider=amazon&byInferenceType=ON_DEMAND, ListFoundationModels,, byInferenceType=ON_DEMAND&byProvider=amazon",
        "/foundation-models?byProvider, ListFoundationModels,, byProvider=",
        "/foundation-models?, ListFoundationModels,, ''",
        "/foundation-models?&byProvider=Mistral%20AI&, ListFoundationModels,, byProvider=Mistral%20AI",
        "/foundation-models/amazon.nova-lite-v1:0, GetFoundationModel, amazon.nova-lite-v1:0, ''",
        "/foundation-model-availability/amazon.nova-lite-v1:0, GetFoundationModelAvailability, amazon.nova-lite-v1:0, ''",
        "/inference-profiles?nextToken=a+b/c=&maxResults=5, ListInferenceProfiles,, maxResults=5&nextToken=a%2Bb%2Fc%3D",
        "/inference-profiles?%6eextToken=x, ListInferenceProfiles,, nextToken=x",
        "/inference-profiles/us.amazon.nova-lite-v1:0, GetInferenceProfile, us.amazon.nova-lite-v1:0, ''",
        "/provisioned-model-throughputs?sortBy=CreationTime, ListProvisionedModelThroughputs,, sortBy=CreationTime",
        "/custom-models?isOwned=true, ListCustomModels,, isOwned=true",
        "/imported-models, ListImportedModels,, ''",
        "/prompt-routers?type=default, ListPromptRouters,, type=default",
        "/model-customization/custom-model-deployments, ListCustomModelDeployments,, ''",
        "/marketplace-model/endpoints?modelSourceIdentifier=x, ListMarketplaceModelEndpoints,, modelSourceIdentifier=x",
        "/bedrock/foundation-models, ListFoundationModels,, ''"
    })
    void knowsTheReadsOfTheControlPlane(String target, String operation, String modelId, String query) {
        Route route = ((RouteResult.Matched) Routes.of("GET", target)).route();
        assertThat(route.operation()).hasToString(operation);
        assertThat(route.operation().group()).isEqualTo(SurfaceTable.DISCOVERY);
        assertThat(route.modelId()).isEqualTo(modelId);
        assertThat(route.query()).isEqualTo(query);
        assertThat(route.hasBody()).isFalse();
        assertThat(route.surface().upstream()).isEqualTo(Upstream.CONTROL_PLANE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/foundation-models?byprovider=x",
                "/foundation-models?byProvider=x&byProvider=x",
                "/foundation-models?byProvider=x&%62yProvider=y",
                "/foundation-models?=x",
                "/foundation-models?byProvider=%zz",
                "/foundation-models?byProvider=%",
                "/foundation-models?byProvider=%00",
                "/foundation-models?byProvider=%c3%a4",
                "/foundation-models?byProvider=x&X-Amz-Signature=y",
                "/foundation-models/amazon.nova-lite-v1:0?byProvider=x",
                "/inference-profiles/../foundation-models",
                "/foundation-models/a/b"
            })
    void refusesQueriesAndNamesThatAReadDoesNotHave(String target) {
        RouteResult.Refused refused = (RouteResult.Refused) Routes.of("GET", target);
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void refusesAQueryThatIsTooLong() {
        RouteResult.Refused refused =
                (RouteResult.Refused) Routes.of("GET", "/inference-profiles?nextToken=" + "x".repeat(5000));
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void readsTakeNoOtherMethod() {
        RouteResult.Refused refused = (RouteResult.Refused) Routes.of("POST", "/foundation-models");
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.WRONG_METHOD);
        assertThat(refused.allow()).isEqualTo("GET");
    }

    @Test
    void refusesAQuery() {
        assertThat(Routes.refusedKind(INVOKE + "?Action=ListFoundationModels")).isEqualTo(FailureKind.BAD_REQUEST);
        assertThat(Routes.refused(INVOKE + "?k=v").message())
                .as("what it holds may be a secret")
                .doesNotContain("k=v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "TRACK", "<x>"})
    void namesTheMethodThatAPathHas(String method) {
        RouteResult.Refused refused = (RouteResult.Refused) Routes.of(method, INVOKE);
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.WRONG_METHOD);
        assertThat(refused.allow()).isEqualTo("POST");
        assertThat(refused.failure().message()).doesNotContain(method + " ").contains("POST");
    }

    @Test
    void namesNoMethodWhereThereIsNoPath() {
        RouteResult.Refused refused = (RouteResult.Refused) Routes.of("GET", "/nowhere");
        assertThat(refused.allow()).isNull();
    }

    @Test
    void refusesPrefixesThatCouldNotBeStripped() {
        for (String prefix : List.of("", "/", "bedrock", "/bedrock/")) {
            assertThatThrownBy(() -> new RouteConfig(List.of(prefix)))
                    .as(prefix)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: starts with a slash and does not end with one");
        }
    }
}
