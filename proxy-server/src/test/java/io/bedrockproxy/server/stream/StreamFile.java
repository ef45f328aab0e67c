package io.bedrockproxy.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of the recorded event streams that core is tested with, and what is known of it.
 *
 * @param name the file's name
 * @param outcome complete, exception, error, truncated or corrupt
 * @param bytes the stream
 */
record StreamFile(String name, String outcome, byte[] bytes) {
    private static final Path FOLDER = Path.of("..", "proxy-core", "src", "test", "resources", "eventstream");

    boolean isDamaged() {
        return outcome.equals("truncated") || outcome.equals("corrupt");
    }

    static List<StreamFile> all() throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(FOLDER.resolve("manifest.json").toFile());
        Stream<JsonNode> entries = StreamSupport.stream(manifest.get("files").spliterator(), false);
        return entries.map(entry ->
                        of(entry.get("file").textValue(), entry.get("outcome").textValue()))
                .toList();
    }

    private static StreamFile of(String name, String outcome) {
        try {
            return new StreamFile(name, outcome, Files.readAllBytes(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
