package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockproxy.emulator.recording.StsCall;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;

/**
 * Generated session policies, which the emulator's IAM enforces: whatever the proxy lets through passes, and whoever gets
 * hold of a session's credentials is held to the rules of its client.
 */
class SessionPolicyIT {
    private static final String CLAUDE = SessionPolicyCases.CLAUDE;

    private static final Map<String, String> SECRETS = SessionPolicyCases.RULES.keySet().stream()
            .collect(Collectors.toMap(Function.identity(), name -> LocalProxy.newSecret()));

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.builder()
            .config(SessionPolicyCases.RULES.entrySet().stream()
                    .map(rule -> client(rule.getKey(), "role = test, models = " + rule.getValue()))
                    .collect(Collectors.joining()))
            .config("roles.shared { role-arn = \"%s\", external-id = \"%s\", source = emulator, session-name = one }"
                    .formatted(LocalProxy.ROLE_ARN, LocalProxy.EXTERNAL_ID))
            .start();

    private static final Calls calls = new Calls(proxy);

    private static String client(String name, String rules) {
        return "clients.%s { %s, secrets = [ { sha256 = %s } ] }%n"
                .formatted(name, rules, LocalProxy.sha256(SECRETS.get(name)));
    }

    @AfterAll
    static void everyPolicyWasTaken() {
        assertThat(proxy.emulator().recorder().stsCalls())
                .allSatisfy(call -> assertThat(call.errorCode()).isIn(null, "PackedPolicyTooLarge"));
    }

    static Stream<Arguments> admitted() {
        return SessionPolicyCases.ALLOWED.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(id -> Stream.of(
                                        "invoke",
                                        "invoke-with-response-stream",
                                        "converse",
                                        "converse-stream",
                                        "count-tokens")
                                .map(operation -> Arguments.of(entry.getKey(), id, operation))));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("admitted")
    void letsEverythingPassThatTheProxyDoes(String client, String id, String operation) {
        HttpResponse<String> answer = post(client, "/model/" + encoded(id) + '/' + operation, body(operation));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(proxy.emulator().recorder().last().modelId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "all"})
    void letsGuardrailsAndSystemToolsPass(String client) {
        String text = "[{\"text\":{\"text\":\"Hello\"}}]";
        assertThat(post(
                                client,
                                "/guardrail/abcdefghij12/version/1/apply",
                                "{\"source\":\"INPUT\",\"content\":" + text + "}")
                        .statusCode())
                .isEqualTo(200);
        String guarded = body("converse")
                .replaceFirst(
                        "\\{",
                        "{\"guardrailConfig\":{\"guardrailIdentifier\":\"abcdefghij12\",\"guardrailVersion\":\"1\"},"
                                + "\"toolConfig\":{\"tools\":[{\"systemTool\":{\"name\":\"nova_grounding\"}}]},");
        HttpResponse<String> answer = post(client, "/model/" + encoded(CLAUDE) + "/converse", guarded);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/foundation-models",
                "/foundation-models/anthropic.claude-3-haiku-20240307-v1%3A0",
                "/inference-profiles",
                "/inference-profiles/us.anthropic.claude-3-haiku-20240307-v1%3A0",
                "/provisioned-model-throughputs",
                "/custom-models",
                "/imported-models",
                "/prompt-routers"
            })
    void letsDiscoveryPassWhereItIsAllowed(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.endpoint() + target))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + proxy.secret())
                .build();
        HttpResponse<String> answer = calls.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} may not use {1}")
    @CsvSource({
        "models, meta.llama3-1-8b-instruct-v1:0",
        "models, us.meta.llama3-1-8b-instruct-v1:0",
        "models, arn:aws:bedrock:us-east-1:000000000000:provisioned-model/abcdefghij12",
        "models, arn:aws:sagemaker:us-east-1:000000000000:endpoint/my-endpoint-1",
        "models, arn:aws:bedrock:us-east-1:000000000000:prompt/ABCDEFGHIJ:1",
        "geography, anthropic.claude-3-haiku-20240307-v1:0",
        "geography, eu.anthropic.claude-3-haiku-20240307-v1:0",
        "geography, global.anthropic.claude-3-haiku-20240307-v1:0",
        "arns, anthropic.claude-3-haiku-20240307-v1:0",
        "arns, us.anthropic.claude-3-haiku-20240307-v1:0",
        "arns, arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/zzzzzzzzzz12",
        "arns, arn:aws:bedrock:us-east-1:000000000000:provisioned-model/zzzzzzzzzz12",
        "routers, arn:aws:bedrock:us-east-1:000000000000:default-prompt-router/meta.llama:1",
        "routers, arn:aws:bedrock:us-east-1:000000000000:provisioned-model/abcdefghij12",
        "prompts, arn:aws:bedrock:us-east-1:000000000000:prompt/ZZZZZZZZZZ:1",
        "marketplace, arn:aws:sagemaker:us-east-1:000000000000:endpoint/other"
    })
    void holdsWhoeverStealsTheSessionToTheRules(String client, String id) {
        assertThat(post(client, "/model/" + encoded(id) + "/invoke", body("invoke"))
                        .statusCode())
                .as("the proxy's own rule")
                .isEqualTo(403);
        try (StolenSession stolen = StolenSession.of(proxy.emulator(), policyOf(client))) {
            assertThatThrownBy(() -> stolen.invoke(id, body("invoke")))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("no session policy allows");
            stolen.invoke(SessionPolicyCases.ALLOWED.get(client).get(0), body("invoke"));
        }
    }

    @Test
    void narrowsToTheClientAndNotToAllThatShareTheRole() {
        assertThat(policyOf("geography")).isNotEqualTo(policyOf("models"));
        assertThat(policyOf("geography")).contains("inference-profile/us.*").doesNotContain("anthropic.claude-3-");
    }

    @Test
    void clientsThatShareASessionShareTheUnionOfTheirRules() {
        ProxyFile file = new ProxyFile(proxy);
        file.reload(client("geography", "role = shared, models = [\"meta.*\"]")
                + client("models", "role = shared, models = [\"cohere.*\"], operations = [CountTokens]"));

        assertThat(post("geography", "/model/meta.llama3-1-8b-instruct-v1%3A0/converse", body("converse"))
                        .statusCode())
                .isEqualTo(200);
        List<StsCall> asked = proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> "one".equals(call.sessionName()))
                .toList();
        assertThat(asked)
                .singleElement()
                .satisfies(call ->
                        assertThat(call.policy()).contains("foundation-model/meta.*", "foundation-model/cohere.*"));
        file.reload("");
    }

    /** Which only STS can say: it compresses policies in a way that it does not tell. */
    @Test
    void saysWhatToShortenWhenStsFindsAPolicyTooLarge() {
        List<String> models = Stream.generate(
                        () -> SessionPolicyCases.OWN + "provisioned-model/" + LocalProxy.newSecret())
                .limit(14)
                .toList();
        ProxyFile file = new ProxyFile(proxy);
        file.reload(client(
                "geography",
                "role = test, operations = [Converse], models = "
                        + models.stream().map(model -> '"' + model + '"').collect(Collectors.joining(", ", "[", "]"))));

        HttpResponse<String> answer =
                post("geography", "/model/" + encoded(models.get(0)) + "/converse", body("converse"));

        assertThat(answer.statusCode()).isEqualTo(424);
        assertThat(answer.headers().firstValue("x-bedrock-proxy-failure")).contains("credentials-denied");
        assertThat(answer.body())
                .contains(
                        "PackedPolicyTooLarge", "shorten its session policy", "fewer patterns in the client's models");
        file.reload("");
    }

    private static String policyOf(String client) {
        if (proxy.emulator().recorder().stsCalls().stream().noneMatch(call -> client.equals(call.sessionName()))) {
            post(
                    client,
                    "/model/" + encoded(SessionPolicyCases.ALLOWED.get(client).get(0)) + "/converse",
                    body("converse"));
        }
        return proxy.emulator().recorder().stsCalls().stream()
                .filter(call -> client.equals(call.sessionName()) && call.errorCode() == null)
                .findFirst()
                .orElseThrow()
                .policy();
    }

    private static HttpResponse<String> post(String client, String target, String body) {
        return calls.send(HttpRequest.newBuilder(URI.create(proxy.endpoint() + target))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + SECRETS.get(client))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String encoded(String id) {
        return id.replace(":", "%3A").replace("/", "%2F");
    }

    private static String body(String operation) {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]";
        return operation.equals("count-tokens")
                ? "{\"input\":{\"converse\":{" + messages + "}}}"
                : operation.startsWith("converse")
                        ? "{" + messages + "}"
                        : "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":64," + messages + "}";
    }
}
