package io.bedrockproxy.emulator.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.emulator.http.HttpField;
import io.bedrockproxy.emulator.http.ReceivedRequest;
import io.bedrockproxy.emulator.http.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests signed by botocore and by an independent implementation: each is accepted, and with one bit less not. */
class SignatureVectorsTest {
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** The first two stand for payloads that Bedrock does not take; the SDK keeps a leading {@code ..}. */
    private static final Set<String> NOT_ACCEPTED = Set.of("unsigned-payload", "events-seed", "norm-dotdot-above-root");

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = SignatureVectorsTest.class.getResourceAsStream("/sigv4/header-signing.json")) {
            JsonNode vectors = new ObjectMapper().readTree(file).path("vectors");
            return StreamSupport.stream(vectors.spliterator(), false)
                    .map(vector -> Arguments.of(vector.path("name").asText(), vector));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void acceptsTheVector(String name, JsonNode vector) {
        Verdict verdict = verify(vector, vector.at("/expected/authorization").asText());

        assertThat(verdict.verified()).as(verdict.toString()).isEqualTo(!NOT_ACCEPTED.contains(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void refusesTheVectorWithAnotherSignature(String name, JsonNode vector) {
        String authorization = vector.at("/expected/authorization").asText();
        char last = authorization.charAt(authorization.length() - 1);
        String changed = authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0');

        Verdict verdict = verify(vector, changed);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).as(name).isEqualTo(SignatureFault.MISMATCH));
    }

    private static Verdict verify(JsonNode vector, String authorization) {
        JsonNode credentials = vector.path("credentials");
        JsonNode token = credentials.path("sessionToken");
        KeyRing keys = new KeyRing();
        Instant now =
                LocalDateTime.parse(vector.path("amzDate").asText(), AMZ_DATE).toInstant(ZoneOffset.UTC);
        keys.add(
                new AccessKey(
                        credentials.path("accessKeyId").asText(),
                        credentials.path("secretAccessKey").asText(),
                        token.isTextual() && !token.asText().isEmpty() ? token.asText() : null,
                        null,
                        Identity.user("arn:aws:iam::000000000000:user/vector")),
                now);
        SignatureVerifier verifier =
                new SignatureVerifier(keys, vector.path("service").asText(), Set.of(), Duration.ofMinutes(5));
        return verifier.verify(request(vector, authorization), now);
    }

    private static ReceivedRequest request(JsonNode vector, String authorization) {
        JsonNode request = vector.path("request");
        List<HttpField> headers = new ArrayList<>();
        request.path("headers")
                .forEach(header -> headers.add(
                        new HttpField(header.get(0).asText(), header.get(1).asText())));
        headers.add(new HttpField("Authorization", authorization));
        byte[] body = Base64.getDecoder().decode(request.path("bodyBase64").asText());
        if (request.has("bodyRepeat")) {
            body = new byte[request.at("/bodyRepeat/count").asInt()];
            Arrays.fill(body, (byte) request.at("/bodyRepeat/byte").asInt());
        }
        RequestHead head = new RequestHead(
                "HTTP/1.1",
                false,
                request.path("method").asText(),
                request.path("target").asText(),
                headers,
                0);
        return new ReceivedRequest(head, body, SignedRequests.sha256(body), false);
    }
}
