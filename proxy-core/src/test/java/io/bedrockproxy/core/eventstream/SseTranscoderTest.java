package io.bedrockproxy.core.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

class SseTranscoderTest {
    private static final long SEED = 20261121L;
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<StreamSample> samples() {
        return StreamSample.all();
    }

    static Stream<StreamSample> wellFormed() {
        return samples().filter(sample -> !sample.file().startsWith("bad_"));
    }

    static Stream<StreamSample> damaged() {
        return samples().filter(sample -> sample.file().startsWith("bad_"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysTheSameHoweverTheStreamIsCut(StreamSample sample) {
        byte[] whole = transcode(new SseTranscoder(), List.of(ByteBuffer.wrap(sample.bytes())));

        sample.chunkings(SEED).forEach(chunks -> {
            SseTranscoder transcoder = new SseTranscoder();
            assertThat(transcode(transcoder, chunks))
                    .as("seed %d, %d chunks", SEED, chunks.size())
                    .isEqualTo(whole);
            assertThat(transcoder.frames()).isEqualTo(sample.goodFrames());
        });
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void showsWhatTheSdkDecodes(StreamSample sample) {
        SseTranscoder transcoder = new SseTranscoder();

        List<SseEvent> events = SseEvent.parse(transcode(transcoder, List.of(ByteBuffer.wrap(sample.bytes()))));

        assertThat(transcoder.end()).isEqualTo(sample.end());
        assertThat(transcoder.exceptionType()).isEqualTo(sample.exceptionType());
        assertThat(transcoder.isFailed()).isEqualTo(sample.exceptionType() != null);
        List<SseEvent> content = events.stream()
                .filter(event -> !event.type().equals("exception"))
                .toList();
        assertThat(content).isEqualTo(sdkEvents(sample));
        if (sample.exceptionType() != null) {
            JsonNode exception = json(events.get(events.size() - 1).data());
            assertThat(exception.get("type").asText()).isEqualTo(sample.exceptionType());
            assertThat(exception.get("message").asText()).isEqualTo(sample.exceptionMessage());
        }
        assertThat(events).hasSize(content.size() + (sample.exceptionType() == null ? 0 : 1));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void endsADamagedStreamInAVisibleException(StreamSample sample) {
        SseTranscoder transcoder = new SseTranscoder();

        List<SseEvent> events = SseEvent.parse(transcode(transcoder, List.of(ByteBuffer.wrap(sample.bytes()))));

        boolean isTruncated = sample.end() == StreamEnd.TRUNCATED;
        assertThat(transcoder.end()).isEqualTo(isTruncated ? StreamEnd.TRUNCATED : StreamEnd.CORRUPT);
        assertThat(transcoder.isFailed()).isTrue();
        SseEvent last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("exception");
        assertThat(json(last.data()).get("type").asText()).isEqualTo("modelStreamErrorException");
        // The payload of the first frame is what is wrong in the two files that consist of whole frames.
        int shown = sample.end() == StreamEnd.CLEAN ? 0 : sample.goodFrames();
        assertThat(events).hasSize(shown + 1);
    }

    @Test
    void showsTheTextOfTheModel() {
        StreamSample sample = StreamSample.named("invoke_anthropic.bin");

        List<SseEvent> events = SseEvent.parse(
                transcode(new SseTranscoder(), sample.chunkings(SEED).toList().get(1)));

        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(json(event.data()).at("/delta/text").asText()));
        assertThat(text).hasToString(sample.json().get("text").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "exc_capital_message.bin, '{\"type\":\"validationException\",\"Message\":\"capital M\",\"message\":\"capital M\"}'",
        "error_frame.bin, '{\"type\":\"InternalFailure\",\"message\":\"unmodeled failure\"}'",
    })
    void keepsTheFieldsOfAnException(String file, String data) {
        byte[] stream = StreamSample.named(file).bytes();

        assertThat(new String(transcode(new SseTranscoder(), List.of(ByteBuffer.wrap(stream))), StandardCharsets.UTF_8))
                .endsWith("\n\nevent: exception\ndata: " + data + "\n\n");
    }

    @Test
    void keepsTheStatusOfTheModel() {
        byte[] stream =
                StreamSample.named("converse_exc_modelStreamErrorException.bin").bytes();

        List<SseEvent> events = SseEvent.parse(transcode(new SseTranscoder(), List.of(ByteBuffer.wrap(stream))));

        JsonNode data = json(events.get(events.size() - 1).data());
        assertThat(data.get("originalStatusCode").asInt()).isEqualTo(500);
        assertThat(data.get("originalMessage").asText()).isEqualTo("upstream");
    }

    static byte[] transcode(SseTranscoder transcoder, List<ByteBuffer> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks.forEach(chunk -> transcoder.accept(chunk, out::writeBytes));
        transcoder.finish(out::writeBytes);
        return out.toByteArray();
    }

    /** The content that the SDK's decoder finds before the first exception; an own reading of DESIGN's table. */
    private static List<SseEvent> sdkEvents(StreamSample sample) {
        List<Message> messages = new ArrayList<>();
        if (!sample.file().equals("codec_empty_string_header.bin")) {
            new MessageDecoder(messages::add).feed(sample.bytes());
        }
        List<SseEvent> events = new ArrayList<>();
        for (Message message : messages) {
            String type = header(message, ":event-type");
            if (header(message, ":message-type").matches("exception|error")) {
                break;
            }
            if (!type.isEmpty() && !type.equals("initial-response")) {
                events.add(new SseEvent(type, content(type, message.getPayload())));
            }
        }
        return events;
    }

    private static String header(Message message, String name) {
        return message.getHeaders().containsKey(name)
                ? message.getHeaders().get(name).getString()
                : "";
    }

    private static String content(String type, byte[] payload) {
        try {
            byte[] data =
                    type.equals("chunk") ? JSON.readTree(payload).get("bytes").binaryValue() : payload;
            return new String(data, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
