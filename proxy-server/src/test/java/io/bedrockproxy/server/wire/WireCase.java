package io.bedrockproxy.server.wire;

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

/**
 * One case of {@code wire/*.json}: a request as raw bytes, in parts that are sent one after another, and what must become
 * of it. {@code reject}: a 4xx, 501 or 505, or a close, and nothing upstream; {@code forward}: one clean request upstream;
 * {@code local}: a whole answer that is no 5xx, and nothing upstream; {@code either}: rejected or forwarded.
 */
record WireCase(JsonNode json) {
    /** All cases of a file of test resources. */
    static Stream<WireCase> of(String file) {
        try (InputStream in = WireCase.class.getResourceAsStream("/wire/" + file)) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
            return root.get("cases").valueStream().map(WireCase::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return json.get("id").asText();
    }

    String must() {
        return json.get("must").asText();
    }

    /** The parts with this secret in them. */
    List<byte[]> parts(String secret) {
        List<byte[]> parts = new ArrayList<>();
        for (JsonNode part : json.get("parts")) {
            if (part.has("b64")) {
                byte[] raw = Base64.getDecoder().decode(part.get("b64").asText());
                String text = new String(raw, StandardCharsets.ISO_8859_1).replace("@@SECRET@@", secret);
                parts.add(text.getBytes(StandardCharsets.ISO_8859_1));
            } else if (part.has("text")) {
                parts.add(
                        part.get("text").asText().replace("@@SECRET@@", secret).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return parts;
    }

    /** All of it in one. */
    byte[] bytes(String secret) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts(secret).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Whether the client ends its side behind the request. */
    boolean endsOutput() {
        return json.path("half").asBoolean();
    }

    /** Whether an interim 100 has to come before the second part is sent. */
    boolean wantsContinue() {
        return json.path("want100").asBoolean();
    }

    /** How many final responses there may be at most. */
    int maxResponses() {
        return json.path("n_resp_max").asInt(json.path("n_resp").asInt(Integer.MAX_VALUE));
    }

    /** The highest status that is allowed. */
    int maxStatus() {
        return json.path("status_max").asInt(505);
    }

    /** Whether an answer of the proxy's own is as good as a refusal. */
    boolean allowsLocalAnswer() {
        return must().equals("local") || json.path("local_ok").asBoolean();
    }

    List<Integer> forbiddenStatuses() {
        return json.path("never_status").valueStream().map(JsonNode::asInt).toList();
    }

    /** Headers that have to arrive upstream. */
    List<String> headersUpstream() {
        return json.path("need_names").valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public String toString() {
        return id() + " " + json.get("title").asText();
    }
}
