package io.bedrockproxy.core.eventstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file of {@code eventstream/manifest.json}. */
record StreamSample(JsonNode json) {
    static Stream<StreamSample> all() {
        try {
            return new ObjectMapper()
                    .readTree(resource("manifest.json"))
                    .get("files")
                    .valueStream()
                    .map(StreamSample::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StreamSample named(String file) {
        return all().filter(sample -> sample.file().equals(file)).findFirst().orElseThrow();
    }

    private static byte[] resource(String name) {
        try (InputStream in = StreamSample.class.getResourceAsStream("/eventstream/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String file() {
        return json.get("file").asText();
    }

    byte[] bytes() {
        return resource(file());
    }

    int goodFrames() {
        return json.path("goodFrames").asInt(json.get("frames").asInt());
    }

    StreamEnd end() {
        return switch (json.get("outcome").asText()) {
            case "complete" -> StreamEnd.CLEAN;
            case "exception", "error" -> StreamEnd.EXCEPTION;
            case "truncated" -> StreamEnd.TRUNCATED;
            case "corrupt" -> StreamEnd.CORRUPT;
            default -> throw new IllegalArgumentException(json.get("outcome").asText());
        };
    }

    @Nullable
    String exceptionType() {
        return json.path("exceptionType").asText(json.path("errorCode").textValue());
    }

    @Nullable
    String exceptionMessage() {
        return json.path("exceptionMessage").asText(json.path("errorMessage").textValue());
    }

    /** The file cut in many ways: whole, at every place (if it is small), byte by byte, and at random. */
    Stream<List<ByteBuffer>> chunkings(long seed) {
        byte[] bytes = bytes();
        Random random = new Random(seed);
        int everyPlace = bytes.length < 5000 ? bytes.length : 0;
        return Stream.of(
                        Stream.of(cut(bytes, bytes.length), cut(bytes, 1), cut(bytes, 7), direct(bytes)),
                        Stream.iterate(1, i -> i < everyPlace, i -> i + 1).map(i -> split(bytes, i)),
                        Stream.generate(() -> randomly(bytes, random)).limit(20))
                .flatMap(chunkings -> chunkings);
    }

    private static List<ByteBuffer> cut(byte[] bytes, int size) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            chunks.add(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
        }
        return chunks;
    }

    private static List<ByteBuffer> direct(byte[] bytes) {
        return List.of(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    private static List<ByteBuffer> split(byte[] bytes, int at) {
        return List.of(
                ByteBuffer.wrap(bytes, 0, at),
                ByteBuffer.wrap(bytes, at, bytes.length - at).asReadOnlyBuffer());
    }

    private static List<ByteBuffer> randomly(byte[] bytes, Random random) {
        List<ByteBuffer> chunks = new ArrayList<>();
        int bound = 1 << random.nextInt(1, 12);
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(random.nextInt(bound + 1), bytes.length - at);
            chunks.add(ByteBuffer.wrap(bytes, at, size));
            at += size;
        }
        return chunks;
    }

    @Override
    public String toString() {
        return file();
    }
}
