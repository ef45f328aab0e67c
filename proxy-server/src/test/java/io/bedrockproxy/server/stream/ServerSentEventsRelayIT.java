package io.bedrockproxy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS says on the surfaces of OpenAI and Anthropic: Server-Sent Events untouched, a path that it does not have. */
@ExtendWith(LeakCheck.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerSentEventsRelayIT {
    private static final long SEED = 20261128;
    private static final String UNKNOWN =
            "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}";

    @AutoClose
    private ScriptedUpstream upstream;

    @AutoClose
    private LocalProxy proxy;

    @BeforeAll
    void start() throws IOException {
        upstream = new ScriptedUpstream();
        proxy = LocalProxy.builder()
                .config("bedrock { endpoint = \"%1$s\", mantle-endpoint = \"%1$s\" }".formatted(upstream.uri()))
                .config("clients.test { role = null, source = emulator }")
                .start();
    }

    private Received post(Protocol protocol, String path) throws IOException {
        return protocol.call(proxy, path, "text/event-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, /openai/v1/chat/completions",
        "HTTP_1_1, /v1/messages",
        "HTTP_1_1, /mantle/v1/responses",
        "HTTP_1_0, /anthropic/v1/messages",
        "HTTP_2, /v1/chat/completions",
        "HTTP_2, /anthropic/v1/messages",
        "HTTP_2, /mantle/anthropic/v1/messages",
    })
    void bringsEveryByteHoweverItIsCut(Protocol protocol, String path) throws IOException {
        String events = "event: message_start\ndata: {\"type\":\"message_start\"}\n\n: ping\r\n\r\n"
                + "data: {\"text\":\"\u00fc\u20ac\ud83d\ude00\"}\n\n".repeat(200) + "data: [DONE]\n\nwhatever\0else";
        byte[] bytes = events.getBytes(UTF_8);
        upstream.script((socket, out, turn) -> chunks(out, bytes));

        Received answer = post(protocol, path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.body()).isEqualTo(bytes);
    }

    private static boolean chunks(OutputStream out, byte[] bytes) throws IOException {
        Random random = new Random(SEED);
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(UTF_8));
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(bytes.length - at, 1 + random.nextInt(300));
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(UTF_8));
            chunk.write(bytes, at, size);
            chunk.writeBytes("\r\n".getBytes(UTF_8));
            out.write(chunk.toByteArray());
            out.flush();
            at += size;
        }
        out.write("0\r\n\r\n".getBytes(UTF_8));
        out.flush();
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, /openai/v1/responses, '{\"error\":{\"message\":\"AWS has no such operation: POST ', /openai/v1/responses",
        "HTTP_2, /v1/messages, '{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"', /anthropic/v1/messages",
        "HTTP_2, /model/a:b/converse-stream, '{\"message\":\"AWS has no such operation: POST ', /model/a%3Ab/converse-stream",
        "HTTP_1_0, /mantle/v1/responses, '{\"error\":', /v1/responses",
    })
    void tellsAPathThatAwsDoesNotHaveFromAnAnswer(Protocol protocol, String path, String start, String sent)
            throws IOException {
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + UNKNOWN.length() + "\r\n\r\n" + UNKNOWN));

        Received answer = post(protocol, path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.failure()).isEqualTo("unknown-path");
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnknownOperationException");
        assertThat(answer.text()).startsWith(start).contains(sent + " was sent.");
        assertThat(answer.isWhole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, 12", "HTTP_1_1, 600", "HTTP_2, 12", "HTTP_2, 600"})
    void leavesAnswersAloneThatOnlyQuoteIt(Protocol protocol, int padding) throws IOException {
        String body = "{\"text\":\"__type UnknownOperationException\",\"p\":\"" + "x".repeat(padding) + "\"}";
        upstream.script(ScriptedUpstream.Script.reply("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body));

        Received answer = post(protocol, "/openai/v1/chat/completions");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.failure()).isEmpty();
    }
}
