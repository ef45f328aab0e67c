package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.rule.KnownOperations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The surfaces beside the native one, their aliases and prefixes. */
class SurfacesRouterTest {
    private static final String ARN = "arn%3Aaws%3Abedrock%3Aeu-west-1%3A123456789012%3Aasync-invoke%2Fabc";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "POST, /openai/v1/chat/completions, OpenAI.ChatCompletions, inference, model",
                "POST, /openai/v1/responses, OpenAI.Responses, inference, model",
                "GET, /openai/v1/responses/resp_1, OpenAI.Responses, inference, -",
                "DELETE, /openai/v1/responses/resp_1, OpenAI.Responses, inference, -",
                "POST, /openai/v1/responses/resp_1/cancel, OpenAI.Responses, inference, -",
                "GET, /openai/v1/responses/resp_1/input_items, OpenAI.Responses, inference, -",
                "GET, /openai/v1/models, OpenAI.Models, inference, -",
                "GET, /openai/v1/models/openai.gpt-oss-20b-1%3A0, OpenAI.Models, inference, -",
                "POST, /anthropic/v1/messages, Anthropic.Messages, inference, model",
                "POST, /anthropic/v1/messages/count_tokens, Anthropic.CountTokens, inference, model",
                "POST, /async-invoke, StartAsyncInvoke, async, modelId",
                "GET, /async-invoke, ListAsyncInvokes, async, -",
                "GET, /async-invoke/" + ARN + ", GetAsyncInvoke, async, -",
            })
    void knowsTheOperationsOfTheRuntimesOtherSurfaces(
            String method, String path, String operation, String group, String modelKey) {
        Route route = matched(method, path);
        assertThat(route.operation()).isEqualTo(new Operation(operation, group));
        assertThat(route.modelKey()).isEqualTo(modelKey);
        assertThat(route.path()).isEqualTo(path);
        assertThat(route.surface().upstream()).isEqualTo(Upstream.RUNTIME);
        assertThat(route.isEventStream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, Mantle.ChatCompletions, OPENAI",
        "POST, /v1/responses, Mantle.Responses, OPENAI",
        "GET, /v1/responses/r, Mantle.Responses, OPENAI",
        "DELETE, /v1/responses/r, Mantle.Responses, OPENAI",
        "POST, /v1/responses/r/cancel, Mantle.Responses, OPENAI",
        "GET, /v1/responses/r/input_items, Mantle.Responses, OPENAI",
        "GET, /v1/models, Mantle.Models, OPENAI",
        "GET, /v1/models/m, Mantle.Models, OPENAI",
        "POST, /openai/v1/chat/completions, Mantle.ChatCompletions, OPENAI",
        "POST, /openai/v1/responses, Mantle.Responses, OPENAI",
        "GET, /openai/v1/models, Mantle.Models, OPENAI",
        "POST, /anthropic/v1/messages, Mantle.Messages, ANTHROPIC",
        "POST, /anthropic/v1/messages/count_tokens, Mantle.CountTokens, ANTHROPIC",
    })
    void takesMantleOffThePath(String method, String path, String operation, ErrorShape shape) {
        for (String target : List.of("/mantle" + path, "/mantle/" + path, "/bedrock/mantle" + path)) {
            Route route = matched(method, target);
            assertThat(route.operation()).isEqualTo(new Operation(operation, "mantle"));
            assertThat(route.path()).isEqualTo(path);
            assertThat(route.surface().upstream()).isEqualTo(Upstream.MANTLE);
            assertThat(route.surface().errorShape()).isEqualTo(shape);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/messages, /anthropic/v1/messages",
        "POST, /v1/messages/count_tokens, /anthropic/v1/messages/count_tokens",
        "POST, /v1/chat/completions, /openai/v1/chat/completions",
        "POST, /v1/responses, /openai/v1/responses",
        "GET, /v1/responses/r, /openai/v1/responses/r",
        "POST, /v1/responses/r/cancel, /openai/v1/responses/r/cancel",
        "GET, /v1/models, /openai/v1/models",
        "GET, /v1/models/m%3A0, /openai/v1/models/m%3A0",
        "POST, /v1/model/m/invoke, /model/m/invoke",
        "POST, /v1/model/m/converse-stream, /model/m/converse-stream",
        "POST, /openai/v1/chat/completions, /openai/v1/chat/completions",
        "POST, /anthropic/v1/messages, /anthropic/v1/messages",
        "POST, /model/m/invoke, /model/m/invoke",
        "POST, /async-invoke, /async-invoke",
        "GET, /foundation-models, /foundation-models",
    })
    void completesWhatClientsLeaveOutBehindEveryPrefix(String method, String path, String expected) {
        for (String prefix : List.of("", "/bedrock", "/bedrock/", "/bedrock//", "/bedrock/eu", "/bedrock/eu/")) {
            assertThat(matched(method, prefix + path).path()).as(prefix + path).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1//messages, /anthropic/v1/messages",
        "/v1//model/m/invoke, /model/m/invoke",
        "/bedrock//v1///model/m/invoke, /model/m/invoke",
    })
    void collapsesSlashesBehindV1(String target, String expected) {
        assertThat(matched("POST", target).path()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1",
        "POST, /v1/",
        "POST, /v1/nothing",
        "GET, /v1/foundation-models",
        "POST, /v1/v1/messages",
        "POST, /v1/bedrock/model/m/invoke",
        "POST, /V1/messages",
        "POST, /%76%31/messages",
        "POST, /messages",
        "POST, /v1/messages/",
        "POST, /v1/messages/batches",
        "POST, /v1/messagesx",
        "POST, /v1/openai/v1/responses",
        "POST, //v1/messages",
        "POST, /openai//v1/chat/completions",
        "POST, /openai/v1//chat/completions",
        "POST, /openai/chat/completions",
        "POST, /openai/v1/chat",
        "POST, /openai/v1/completions",
        "POST, /openai/v1/embeddings",
        "GET, /openai/v1/responses/r/other",
        "GET, /openai/v1/responses/r/input_items/x",
        "POST, /anthropic/messages",
        "POST, /anthropic/v1/complete",
        "POST, /mantle",
        "POST, /mantle/model/m/invoke",
        "POST, /mantle/v1/messages",
        "POST, /mantle/mantle/v1/responses",
        "POST, /v1/mantle/v1/responses",
        "GET, /mantle/foundation-models",
        "POST, /bedrock/mantlex/v1/responses",
    })
    void doesNotKnowAPath(String method, String target) {
        assertThat(refused(method, target).failure().kind()).as(target).isEqualTo(FailureKind.UNKNOWN_PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /openai/v1/chat/completions, POST",
        "PUT, /openai/v1/responses/r, 'DELETE, GET'",
        "POST, /openai/v1/responses/r, 'DELETE, GET'",
        "GET, /openai/v1/responses/r/cancel, POST",
        "POST, /openai/v1/models, GET",
        "GET, /v1/messages, POST",
        "HEAD, /anthropic/v1/messages, POST",
        "DELETE, /async-invoke, 'GET, POST'",
        "POST, /async-invoke/x, GET",
        "GET, /mantle/v1/chat/completions, POST",
    })
    void namesTheMethodsThatAPathHas(String method, String target, String allow) {
        RouteResult.Refused refused = refused(method, target);
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.WRONG_METHOD);
        assertThat(refused.allow()).isEqualTo(allow);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /anthropic/v1/messages?beta=true, ''",
        "POST, /v1/messages?beta=true, ''",
        "POST, /v1/messages/count_tokens?beta=true, ''",
        "POST, /mantle/anthropic/v1/messages?beta=true, ''",
        "GET, /openai/v1/responses/r?stream=true&starting_after=3, starting_after=3&stream=true",
        "GET, /openai/v1/responses/r/input_items?limit=5&order=asc, limit=5&order=asc",
        "GET, /async-invoke?statusEquals=Failed&maxResults=3, maxResults=3&statusEquals=Failed",
        "GET, /async-invoke?submitTimeAfter=2026-01-01T00:00:00Z, submitTimeAfter=2026-01-01T00%3A00%3A00Z",
    })
    void sendsTheQueryNamesThatAwsHas(String method, String target, String query) {
        assertThat(matched(method, target).query()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /anthropic/v1/messages?gamma=true",
        "POST, /anthropic/v1/messages?beta=true&beta=true",
        "POST, /anthropic/v1/messages?beta=true&x=y",
        "POST, /openai/v1/chat/completions?beta=true",
        "POST, /openai/v1/responses?stream=true",
        "POST, /model/m/invoke?beta=true",
        "POST, /async-invoke?maxResults=3",
        "POST, /mantle/v1/responses?api-version=1",
        "GET, /openai/v1/models/a/b",
        "GET, /openai/v1/models/..",
        "GET, /openai/v1/responses/a%2Fb",
        "GET, /openai/v1/responses/",
        "GET, /openai/v1/responses/%2e%2e",
        "GET, /async-invoke/a/b",
    })
    void refusesWhatARowDoesNotAllow(String method, String target) {
        assertThat(refused(method, target).failure().kind()).as(target).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "POST, /model/m/invoke, -",
                "POST, /model/arn:aws:bedrock:eu-west-1::foundation-model/m/invoke, eu-west-1",
                "POST, /model/arn:aws:bedrock:::foundation-model/m/invoke, -",
                "POST, /guardrail/arn:aws:bedrock:eu-west-1:1:guardrail/g/version/1/apply, eu-west-1",
                "GET, /async-invoke/" + ARN + ", eu-west-1",
                "GET, /inference-profiles/arn:aws:bedrock:eu-west-1:1:inference-profile/p, eu-west-1",
                "POST, /openai/v1/responses, -",
            })
    void readsTheRegionOfAnArn(String method, String target, String region) {
        assertThat(matched(method, target).arnRegion()).isEqualTo(region);
    }

    /** What CONTRIBUTING calls one line: a row here, and the name where rules find it. */
    @Test
    void rowsAndRulesKnowTheSameOperations() {
        Set<String> rows = SurfaceTable.operations().stream()
                .map(operation -> operation.group() + ' ' + operation.name())
                .collect(Collectors.toSet());
        Set<String> rules = KnownOperations.groups().stream()
                .flatMap(group -> KnownOperations.ofGroup(group).stream().map(name -> group + ' ' + name))
                .collect(Collectors.toSet());
        assertThat(rows).isEqualTo(rules);
    }

    @Test
    void noTwoRowsAreOne() {
        assertThat(SurfaceTable.ROWS.stream().map(row -> row.method() + ' ' + row.pattern()))
                .doesNotHaveDuplicates();
    }

    private static Route matched(String method, String target) {
        RouteResult result = Routes.of(method, target);
        assertThat(result).as(method + ' ' + target).isInstanceOf(RouteResult.Matched.class);
        return ((RouteResult.Matched) result).route();
    }

    private static RouteResult.Refused refused(String method, String target) {
        RouteResult result = Routes.of(method, target);
        assertThat(result).as(method + ' ' + target).isInstanceOf(RouteResult.Refused.class);
        return (RouteResult.Refused) result;
    }
}
