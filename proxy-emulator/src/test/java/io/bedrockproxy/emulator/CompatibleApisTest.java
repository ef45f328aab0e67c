package io.bedrockproxy.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.signature.SignedRequests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The APIs of OpenAI and Anthropic, on both hosts, as their clients read them. */
@ExtendWith(LeakDetection.class)
class CompatibleApisTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String MESSAGES = "/anthropic/v1/messages";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults().withPace(Duration.ofMillis(1)));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        emulator.close();
    }

    private HttpResponse<String> send(URI endpoint, String service, String method, String path, String body)
            throws IOException, InterruptedException {
        SignedRequests signed = SignedRequests.bedrock(
                        endpoint,
                        Emulator.ACCESS_KEY_ID,
                        Emulator.SECRET_ACCESS_KEY,
                        InstantSource.system().instant())
                .scope("us-east-1", service)
                .with("anthropic-version", "2023-06-01");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (HttpField field : signed.headers(method, path, body)) {
            if (!field.name().equalsIgnoreCase("host") && !field.name().equalsIgnoreCase("content-length")) {
                request.header(field.name(), field.value());
            }
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(emulator.bedrockEndpoint(), "bedrock", "POST", path, body);
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":9," + more
                + "\"input\":\"tea\",\"messages\":[{\"role\":\"user\",\"content\":\"tea\"}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock, bedrock, /openai/v1/chat/completions, 200",
        "bedrock, bedrock-mantle, /openai/v1/chat/completions, 403",
        "bedrock, bedrock, /anthropic/v1/messages, 200",
        "bedrock, bedrock, /v1/chat/completions, 404",
        "mantle, bedrock-mantle, /v1/chat/completions, 200",
        "mantle, bedrock-mantle, /openai/v1/responses, 200",
        "mantle, bedrock-mantle, /anthropic/v1/messages, 200",
        "mantle, bedrock, /v1/chat/completions, 403",
        "mantle, bedrock-mantle, /model/m/invoke, 200",
    })
    void eachHostHasItsPathsAndItsService(String host, String service, String path, int status) throws Exception {
        URI endpoint = host.equals("mantle") ? emulator.mantleEndpoint() : emulator.bedrockEndpoint();
        HttpResponse<String> answer = send(endpoint, service, "POST", path, chat("anthropic.claude-sonnet-4-6", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body().contains("UnknownOperationException"))
                .as(answer.body())
                .isEqualTo(status == 404 || path.startsWith("/model/"));
    }

    @Test
    void chatCompletionsStreamUntilDone() throws Exception {
        String body = chat("openai.gpt-oss-20b-1:0", "\"stream\":true,\"stream_options\":{\"include_usage\":true},");
        HttpResponse<String> answer = post(CHAT, body);
        List<String> events = List.of(answer.body().strip().split("\n\n", -1));

        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(events).allMatch(event -> event.startsWith("data: ")).last().isEqualTo("data: [DONE]");
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode chunk = JSON.readTree(event.substring(6));
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
            text.append(
                    chunk.path("choices").path(0).path("delta").path("content").asText());
        }
        assertThat(text).contains("You said: tea");
        assertThat(events.get(events.size() - 2)).contains("\"choices\":[]", "\"total_tokens\"");
    }

    @Test
    void messagesStreamInTheOrderOfTheApi() throws Exception {
        HttpResponse<String> answer = post(MESSAGES, chat("anthropic.claude-sonnet-4-6", "\"stream\":true,"));
        List<String> names = new ArrayList<>();
        for (String event : answer.body().strip().split("\n\n", -1)) {
            String name = event.substring("event: ".length(), event.indexOf('\n'));
            assertThat(JSON.readTree(event.substring(event.indexOf("data: ") + 6))
                            .path("type")
                            .asText())
                    .isEqualTo(name);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        assertThat(names)
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
    }

    @Test
    void responsesCountTheirEvents() throws Exception {
        HttpResponse<String> answer = post("/openai/v1/responses", chat("emulator.pace-1-5-3", "\"stream\":true,"));
        int number = 0;
        for (String event : answer.body().strip().split("\n\n", -1)) {
            JsonNode json = JSON.readTree(event.substring(event.indexOf("data: ") + 6));
            assertThat(json.path("sequence_number").asInt()).isEqualTo(number++);
            assertThat(event).startsWith("event: " + json.path("type").asText() + '\n');
        }
        assertThat(number).isEqualTo(4 + 5 + 4);
        assertThat(answer.body()).contains("\"text\":\"" + "x".repeat(15) + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 429, rate_limit_error, rate_limit_error",
        "ValidationException, 400, invalid_request_error, invalid_request_error",
        "AccessDeniedException, 403, permission_error, permission_error",
        "InternalServerException, 500, server_error, api_error",
        "ServiceUnavailableException, 503, server_error, overloaded_error",
    })
    void errorsHaveTheShapeOfTheirApi(String exception, int status, String openAi, String anthropic) throws Exception {
        HttpResponse<String> chat = post(CHAT, chat("emulator.error-" + exception, ""));
        HttpResponse<String> message = post(MESSAGES, chat("emulator.error-" + exception, ""));

        assertThat(List.of(chat.statusCode(), message.statusCode())).containsOnly(status);
        assertThat(JSON.readTree(chat.body()).path("error").path("type").asText())
                .isEqualTo(openAi);
        assertThat(JSON.readTree(message.body()).path("type").asText()).isEqualTo("error");
        assertThat(JSON.readTree(message.body()).path("error").path("type").asText())
                .isEqualTo(anthropic);
    }

    @Test
    void aStreamThatFailsSaysSoInItsOwnWords() throws Exception {
        String model = "emulator.midstream-ThrottlingException-3";
        assertThat(post(CHAT, chat(model, "\"stream\":true,")).body())
                .contains("data: {\"error\":{")
                .doesNotContain("[DONE]");
        assertThat(post(MESSAGES, chat(model, "\"stream\":true,")).body())
                .contains("event: error\ndata: {\"type\":\"error\"")
                .doesNotContain("message_stop");
    }

    @ParameterizedTest
    @CsvSource({
        "/anthropic/v1/messages, '{\"model\":\"anthropic.claude-v2\",\"messages\":[{\"role\":\"user\"}]}', max_tokens",
        "/anthropic/v1/messages, '{\"model\":\"anthropic.claude-v2\",\"max_tokens\":9}', messages",
        "/openai/v1/chat/completions, '{\"model\":\"openai.gpt-oss-20b\"}', messages",
        "/openai/v1/chat/completions, '{\"messages\":[]}', model",
        "/openai/v1/responses, '{\"model\":\"openai.gpt-oss-20b\"}', input",
        "/openai/v1/responses, '{\"model\":\"nobody-knows-it\",\"input\":\"x\"}', model identifier is invalid",
    })
    void wantsWhatTheApiWants(String path, String body, String complaint) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").path("message").asText())
                .contains(complaint);
    }

    @Test
    void wantsTheVersionOfAnthropicsApi() {
        try (RawConnection connection = new RawConnection(emulator)) {
            RawConnection.Response answer = connection
                    .post(MESSAGES, chat("anthropic.claude-sonnet-4-6", ""))
                    .read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("anthropic-version: header is required");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/model/arn:aws:bedrock:us-east-1::foundation-model/x/invoke, 200",
        "/guardrail/arn:aws:bedrock:us-east-1:1:guardrail/x/version/1/apply, 200",
        "/openai/v1/nothing, 404",
    })
    void saysWithStatus200ThatARawSlashMakesNoOperation(String path, int status) throws Exception {
        HttpResponse<String> answer = post(path, "{}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().getBytes(UTF_8)).hasSizeLessThan(512);
        assertThat(answer.body()).contains("UnknownOperationException");
    }
}
