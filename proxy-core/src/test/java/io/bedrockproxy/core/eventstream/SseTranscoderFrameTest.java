package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Single frames, made by the SDK's encoder. */
class SseTranscoderFrameTest {
    private static final Map<String, String> CHUNK = Map.of(":message-type", "event", ":event-type", "chunk");

    private final SseTranscoder transcoder = new SseTranscoder();

    @ParameterizedTest
    @CsvSource({
        "'{\\n \"a\": 1\\r\\n}', 'data: {|data:  \"a\": 1|data: }'",
        "'a\\r\\r\\nb\\n', 'data: a|data: |data: b|data: '",
        "'\\n', 'data: |data: '",
        "'☃ \u2028', 'data: ☃ \u2028'",
    })
    void writesOneDataLinePerLine(String payload, String lines) {
        String unescaped = payload.replace("\\r", "\r").replace("\\n", "\n");

        assertThat(show(frame(Map.of(":event-type", "metadata"), unescaped)))
                .isEqualTo("event: metadata\n" + lines.replace('|', '\n') + "\n\n");
    }

    @Test
    void splitsLinesInDecodedChunksToo() {
        String base64 = Base64.getEncoder().encodeToString("{\"a\":\n\"möglich\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(show(frame(CHUNK, "{\"p\":{\"x\":[1]},\"bytes\":\"" + base64 + "\",\"q\":null}")))
                .isEqualTo("event: chunk\ndata: {\"a\":\ndata: \"möglich\"}\n\n");
    }

    @Test
    void doesNotLetTheTypeForgeLines() {
        assertThat(show(frame(Map.of(":event-type", "a\r\ndata: x"), "{}")))
                .isEqualTo("event: a  data: x\ndata: {}\n\n");
    }

    @Test
    void showsAnEventWithoutPayloadAsAnEmptyObject() {
        assertThat(show(frame(Map.of(":event-type", "messageStop"), ""))).isEqualTo("event: messageStop\ndata: {}\n\n");
    }

    @Test
    void passesOverFramesWithoutContent() {
        assertThat(show(frame(Map.of(), "x"), frame(Map.of(":event-type", "initial-response"), "{}")))
                .isEmpty();
        assertThat(transcoder.end()).isEqualTo(StreamEnd.CLEAN);
        assertThat(transcoder.frames()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"bytes\":1}",
                "{\"bytes\":null}",
                "{\"bytes\":\"YQ\"}",
                "{\"bytes\":\"YQ==\"",
                "{\"bytes\":\"YQ==\"} x",
                "{\"bytes\":\"YQ==\",\"bytes\":\"Yg==\"}",
                "{\"p\":{\"bytes\":\"YQ==\"}}",
            })
    void showsAnExceptionForAChunkThatCannotBeDecoded(String payload) {
        String shown = show(frame(CHUNK, payload), frame(CHUNK, "{\"bytes\":\"YQ==\"}"));

        assertThat(shown)
                .isEqualTo("event: exception\ndata: {\"type\":\"modelStreamErrorException\","
                        + "\"message\":\"A chunk of the upstream's event stream cannot be decoded\"}\n\n");
        assertThat(transcoder.end()).isEqualTo(StreamEnd.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '{\"type\":\"x\",\"message\":\"\"}'",
        "'not json', '{\"type\":\"x\",\"message\":\"not json\"}'",
        "'{\"message\":\"m\"', '{\"type\":\"x\",\"message\":\"{\\\"message\\\":\\\"m\\\"\"}'",
        "'{\"type\":\"y\",\"message\":\"m\",\"n\":{\"o\":[1.5]}}', "
                + "'{\"type\":\"x\",\"message\":\"m\",\"n\":{\"o\":[1.5]}}'",
    })
    void showsAnExceptionWhateverItsPayload(String payload, String data) {
        Map<String, String> headers = Map.of(":message-type", "exception", ":exception-type", "x");

        assertThat(show(frame(headers, payload))).isEqualTo("event: exception\ndata: " + data + "\n\n");
        assertThat(transcoder.end()).isEqualTo(StreamEnd.EXCEPTION);
    }

    @Test
    void showsOneExceptionOnly() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        transcoder.accept(ByteBuffer.wrap(frame(CHUNK, "{\"bytes\":\"e30=\"}")), out::writeBytes);
        transcoder.fail("modelTimeoutException", "silence", out::writeBytes);
        transcoder.fail("internalServerException", "again", out::writeBytes);
        transcoder.accept(ByteBuffer.wrap(frame(CHUNK, "{\"bytes\":\"e30=\"}")), out::writeBytes);
        transcoder.accept(ByteBuffer.wrap(new byte[] {1, 2, 3}), out::writeBytes);
        transcoder.finish(out::writeBytes);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                event: chunk
                data: {}

                event: exception
                data: {"type":"modelTimeoutException","message":"silence"}

                """);
        assertThat(transcoder.end()).isEqualTo(StreamEnd.TRUNCATED);
    }

    @Test
    void showsAnEventAsSoonAsItsFrameIsComplete() {
        byte[] frame = frame(CHUNK, "{\"bytes\":\"e30=\"}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        transcoder.accept(ByteBuffer.wrap(frame, 0, frame.length - 1), out::writeBytes);
        assertThat(out.size()).isZero();
        transcoder.accept(ByteBuffer.wrap(frame, frame.length - 1, 1), out::writeBytes);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("event: chunk\ndata: {}\n\n");
    }

    @Test
    void pingsWithACommentThatIsNoEvent() {
        assertThat(SseTranscoder.ping()).asString(StandardCharsets.UTF_8).isEqualTo(": ping\n\n");
        assertThat(SseEvent.parse(SseTranscoder.ping())).isEqualTo(List.of());
    }

    private String show(byte[]... frames) {
        return new String(
                SseTranscoderTest.transcode(
                        transcoder, Arrays.stream(frames).map(ByteBuffer::wrap).toList()),
                StandardCharsets.UTF_8);
    }

    private static byte[] frame(Map<String, String> headers, String payload) {
        Map<String, HeaderValue> values = new HashMap<>();
        headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
        ByteBuffer frame = new Message(values, payload.getBytes(StandardCharsets.UTF_8)).toByteBuffer();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
