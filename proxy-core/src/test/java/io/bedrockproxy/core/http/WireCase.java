package io.bedrockproxy.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One case of {@code wire/cases.json}: a request as raw bytes, and what must become of it. */
public record WireCase(JsonNode json) {
    /** The cases of one family, such as {@code P} for paths. */
    public static Stream<WireCase> family(String letter) {
        try (InputStream in = WireCase.class.getResourceAsStream("/wire/cases.json")) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, "wire/cases.json"));
            return root.get("cases")
                    .valueStream()
                    .filter(node -> node.get("id").asText().startsWith(letter))
                    .map(WireCase::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its number, such as {@code P01}. */
    public String id() {
        return json.get("id").asText();
    }

    /** {@code reject}, {@code forward}, {@code local} or {@code either}. */
    public String must() {
        return json.get("must").asText();
    }

    /** The method as sent. */
    public String method() {
        return requestLine()[0];
    }

    /** The request target as sent. */
    public String target() {
        return requestLine()[1];
    }

    private String[] requestLine() {
        return head().get(0).split(" ", -1);
    }

    /** The header fields as a server would hand them over: without optional white space, with this secret. */
    public List<Header> headers(String secret) {
        List<Header> headers = new ArrayList<>();
        for (String line : head().subList(1, head().size())) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).replace("@@SECRET@@", secret);
            headers.add(new Header(line.substring(0, colon), value.strip()));
        }
        return headers;
    }

    private List<String> head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode part : json.get("parts")) {
            if (part.has("b64")) {
                bytes.writeBytes(Base64.getDecoder().decode(part.get("b64").asText()));
            }
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return List.of(text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1));
    }

    @Override
    public String toString() {
        return id() + " " + json.get("title").asText();
    }
}
