package io.bedrockproxy.core.sigv4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One row of {@code sigv4/header-signing.json}. */
record SigningVector(JsonNode json) {
    static Stream<SigningVector> all() {
        return read("/sigv4/header-signing.json").get("vectors").valueStream().map(SigningVector::new);
    }

    static JsonNode read(String resource) {
        try (InputStream in = SigningVector.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Instant instant(String amzDate) {
        return LocalDateTime.parse(amzDate, DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
    }

    String expected(String field) {
        return json.get("expected").get(field).asText();
    }

    String text(String field) {
        return json.get(field).asText();
    }

    SessionCredentials credentials() {
        JsonNode node = json.get("credentials");
        return new SessionCredentials(
                node.get("accessKeyId").asText(),
                node.get("secretAccessKey").asText(),
                node.get("sessionToken").textValue(),
                null);
    }

    Instant now() {
        return instant(text("amzDate"));
    }

    CredentialScope scope() {
        return new CredentialScope(text("amzDate").substring(0, 8), text("region"), text("service"));
    }

    /** Every header of the vector, as written. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (JsonNode pair : json.get("request").get("headers")) {
            headers.add(new Header(pair.get(0).asText(), pair.get(1).asText()));
        }
        return headers;
    }

    boolean hasHeader(String name) {
        return headers().stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    SignableRequest request() {
        JsonNode request = json.get("request");
        String target = request.get("target").asText();
        int question = target.indexOf('?');
        return new SignableRequest(
                request.get("method").asText(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers(),
                payloadHash());
    }

    /** The hash of the vector's body, unless its own header says that the body is not hashed. */
    private PayloadHash payloadHash() {
        for (Header header : headers()) {
            boolean isLiteral = !header.value().matches("[0-9a-f]{64}");
            if (header.name().equalsIgnoreCase(SignedHeaders.CONTENT_SHA256) && isLiteral) {
                return new PayloadHash(header.value());
            }
        }
        byte[] body = body();
        PayloadHasher hasher = new PayloadHasher();
        hasher.update(body, 0, body.length);
        return hasher.finish();
    }

    private byte[] body() {
        JsonNode request = json.get("request");
        JsonNode repeat = request.get("bodyRepeat");
        if (repeat == null) {
            return Base64.getDecoder().decode(request.get("bodyBase64").asText());
        }
        byte[] body = new byte[repeat.get("count").asInt()];
        Arrays.fill(body, (byte) repeat.get("byte").asInt());
        return body;
    }

    @Override
    public String toString() {
        return text("name");
    }
}
