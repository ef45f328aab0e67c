package io.bedrockproxy.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.RawConnection.Response;
import io.bedrockproxy.emulator.http.AnswerEnd;
import io.bedrockproxy.emulator.recording.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** HTTP/1 as it stands on the wire. */
@ExtendWith(LeakDetection.class)
class WireTest {
    private static final String CLAUDE = "/model/anthropic.claude-sonnet-4-6";

    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults().withPace(Duration.ofMillis(2)));
    private final RawConnection connection = new RawConnection(emulator);

    @AfterEach
    void stop() {
        connection.close();
        emulator.close();
    }

    @Test
    void answersWithTheHeadersThatAwsSends() {
        Response response = connection.post(CLAUDE + "/invoke", "{}").read();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-amzn-requestid")).hasSize(36);
        assertThat(response.header("date")).endsWith(" GMT");
        assertThat(response.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void recordsTargetHeadersAndBodyAsTheyCame() {
        connection
                .post("/model/us.anthropic.claude-3-haiku-20240307-v1%3A0/invoke", "{\"prompt\":\"a\"}")
                .read();

        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.target()).isEqualTo("/model/us.anthropic.claude-3-haiku-20240307-v1%3A0/invoke");
        assertThat(recorded.modelId()).isEqualTo("us.anthropic.claude-3-haiku-20240307-v1:0");
        assertThat(recorded.protocol()).isEqualTo("HTTP/1.1");
        assertThat(recorded.head().tls()).isFalse();
        assertThat(recorded.bodyLength()).isEqualTo(14);
        assertThat(recorded.header("X-Amz-Content-Sha256")).isEqualTo(recorded.bodySha256());
        assertThat(emulator.openConnections()).isEqualTo(1);
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        String first = RawConnection.signed(
                emulator.bedrockEndpoint(), "POST", CLAUDE + "/converse-stream", "{\"prompt\":\"one\"}");
        String second =
                RawConnection.signed(emulator.bedrockEndpoint(), "POST", CLAUDE + "/invoke", "{\"prompt\":\"two\"}");
        connection.send(first + second + second);

        assertThat(connection.read().text()).contains(" one").contains("metadata");
        assertThat(connection.read().text()).contains("You said: two");
        assertThat(connection.read().text()).contains("You said: two");
    }

    @Test
    void streamsFramesThatTheSdkDecodes() {
        Response response = connection
                .post(CLAUDE + "/converse-stream", "{\"messages\":[{\"content\":[{\"text\":\"ö☃\"}]}]}")
                .read();
        List<Message> frames = new ArrayList<>();
        new MessageDecoder(frames::add).feed(response.body());

        assertThat(response.header("content-type")).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(frames).hasSizeGreaterThan(10);
        assertThat(frames)
                .allSatisfy(frame ->
                        assertThat(frame.getHeaders()).containsEntry(":message-type", HeaderValue.fromString("event")));
        assertThat(emulator.recorder().last().framesSent()).isEqualTo(frames.size());
    }

    @ParameterizedTest
    @CsvSource({"invoke-with-response-stream, 3", "converse-stream, 0"})
    void cutsAStreamBetweenFrames(String operation, int after) {
        Response response = connection
                .post("/model/emulator.cut-" + after + "/" + operation, "{}")
                .read();
        List<Message> frames = new ArrayList<>();
        new MessageDecoder(frames::add).feed(response.body());

        assertThat(response.whole()).isFalse();
        assertThat(frames).hasSize(after);
        assertThat(emulator.recorder().last().end()).isEqualTo(AnswerEnd.CUT);
    }

    @Test
    void cutsAnAnswerInTheMiddle() {
        assertThat(connection.post("/model/emulator.cut-1/invoke", "{}").read().whole())
                .isFalse();
    }

    @Test
    void keepsSilenceForAsLongAsAskedFor() {
        connection.post("/model/emulator.delay-150/invoke", "{}").read();

        RecordedRequest recorded = emulator.recorder().last();
        assertThat(recorded.firstByteNanos() - recorded.startNanos())
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesThatTheClientGoesAway(boolean reset) throws IOException {
        connection.post("/model/emulator.delay-60000/invoke", "{}");
        await().until(() -> emulator.recorder().openAnswers() == 1);

        long gone = System.nanoTime();
        if (reset) {
            connection.reset();
        } else {
            connection.close();
        }

        RecordedRequest recorded = emulator.recorder().last();
        await().pollInterval(Duration.ofMillis(5)).until(recorded::cancelled);
        assertThat(recorded.endNanos() - gone).isLessThan(Duration.ofMillis(500).toNanos());
        assertThat(emulator.recorder().cancelledCount()).isEqualTo(1);
        await().until(() -> emulator.openConnections() == 0);
    }

    @Test
    void makesNoMoreOfABigStreamThanTheReaderTakes() throws IOException {
        connection
                .post("/model/emulator.size-500000000/invoke-with-response-stream", "{}")
                .head();
        RecordedRequest recorded = emulator.recorder().last();
        await().during(Duration.ofMillis(300)).until(recorded::bytesSent, sent -> sent < 20_000_000);

        connection.reset();
        await().until(recorded::cancelled);
    }

    @Test
    void refusesARequestThatHoldsAForbiddenSecret() {
        String secret = "s3cr3t-of-the-proxy-client";
        emulator.forbidSecret(secret);
        String basic = Base64.getEncoder().encodeToString(("me:" + secret).getBytes(US_ASCII));

        for (String body : List.of("{\"prompt\":\"x " + secret + "\"}", "{\"prompt\":\"" + basic + "\"}")) {
            assertThat(connection.post(CLAUDE + "/invoke", body).read().status())
                    .isEqualTo(400);
        }
        String header = RawConnection.signed(emulator.bedrockEndpoint(), "POST", CLAUDE + "/invoke", "{}")
                .replaceFirst("\r\n", "\r\nX-Other: Basic " + basic + "\r\n");
        assertThat(connection.send(header).read().status()).isEqualTo(400);
        assertThat(connection.post(CLAUDE + "/invoke", "{}").read().status()).isEqualTo(200);
        assertThat(emulator.recorder().leakCount()).isEqualTo(3);
        assertThat(emulator.recorder().leaks()).hasSize(3).allMatch(RecordedRequest::leak);
    }

    @Test
    void answersUnknownPathsAsAwsDoes() {
        Response rawSlash = connection
                .post("/model/arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0/invoke", "{}")
                .read();
        Response elsewhere = connection.post("/v1/chat/completions", "{}").read();

        assertThat(rawSlash.status()).isEqualTo(200);
        assertThat(rawSlash.text()).contains("com.amazon.coral.service#UnknownOperationException");
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.header("x-amzn-errortype")).isEqualTo("UnknownOperationException");
    }

    @Test
    void answersUnsignedRequestsAsAwsDoes() {
        Response response = connection
                .send("POST " + CLAUDE + "/invoke HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                .read();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("x-amzn-errortype")).startsWith("MissingAuthenticationTokenException:");
        assertThat(response.text()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(emulator.recorder().refusedCount()).isEqualTo(1);
    }

    @Test
    void followsAClockThatIsPutWrong() {
        emulator.clockSkew(Duration.ofMinutes(6));

        Response response = connection.post(CLAUDE + "/invoke", "{}").read();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("x-amzn-errortype")).startsWith("InvalidSignatureException:");
        assertThat(response.text()).contains("Signature expired: ");
    }

    @Test
    void closesOnWhatIsNoRequestAndOnWhatIsTooLarge() throws IOException {
        assertThat(connection.send("GARBAGE\r\n\r\n").read().status()).isEqualTo(400);
        assertThat(connection.atEnd()).isTrue();
        try (RawConnection other = new RawConnection(emulator)) {
            other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n");
            assertThat(other.read().status()).isEqualTo(413);
            assertThat(other.atEnd()).isTrue();
        }
    }
}
