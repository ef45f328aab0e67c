package io.bedrockproxy.server.surface;

import static io.bedrockproxy.server.surface.SurfaceClient.assertFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that the rules deny is refused however the body hides it, and a body that hides anything is. */
@ExtendWith(LeakCheck.class)
class BodyModelIT {
    private static final String NOVA = LocalProxy.newSecret();
    private static final String DENIED = "anthropic.claude-3-haiku-20240307-v1:0";
    private static final String ALLOWED = "amazon.nova-lite-v1:0";

    /** The rest of a body that every surface takes for one of its own. */
    private static final String REST =
            "\"max_tokens\":9,\"input\":\"hi\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                    + "\"outputDataConfig\":{},\"modelInput\":{}";

    private static final int CHUNK = 64 * 1024;

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.builder()
            .downstreamTls()
            .config("clients.nova { role = test, operations = [\"*\"], models = [\"amazon.nova-*\"], secrets = ["
                    + " { sha256 = %s } ] }".formatted(LocalProxy.sha256(NOVA)))
            .start();

    private static final List<SurfaceClient> clients = Stream.of(Version.HTTP_1_1, Version.HTTP_2)
            .map(v -> new SurfaceClient(proxy, v))
            .toList();

    /** Every surface, in the two versions of HTTP by turns. */
    static Stream<Arguments> bodies() {
        List<SurfaceCase> all = SurfaceCase.all().stream()
                .filter(surface -> surface.body().contains("%s"))
                .toList();
        return IntStream.range(0, all.size()).mapToObj(i -> Arguments.of(all.get(i), clients.get(i % 2), i % 2 + 1));
    }

    /** With the key that this surface has. */
    private static String body(SurfaceCase surface, String text) {
        String key = surface.path().equals("/async-invoke") ? "modelId" : "model";
        return text.replace("KEY", key)
                .replace("ESCAPED", key.replace("e", "\\u0065"))
                .replace("DENIED", DENIED)
                .replace("ALLOWED", ALLOWED)
                .replace("REST", REST);
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("bodies")
    void refusesADeniedModelWhereverItStands(SurfaceCase surface, SurfaceClient client, int version) {
        long before = proxy.emulator().recorder().requestCount();
        for (String text : List.of(
                "{\"KEY\":\"DENIED\",REST}",
                "{REST,\"KEY\":\"DENIED\"}",
                "{\"ESCAPED\":\"DENIED\",REST}",
                "{\"metadata\":{\"KEY\":\"ALLOWED\"},REST,\"KEY\":\"DENIED\"}")) {
            HttpResponse<String> answer = client.send("POST", surface.path(), body(surface, text), NOVA);
            assertFailure(answer, surface.shape(), 403, "forbidden-model");
        }
        for (String text : List.of(
                "{REST}",
                "{\"KEY\":7,REST}",
                "{\"KEY\":[\"ALLOWED\"],REST}",
                "{\"KEY\":\"ALLOWED\",REST,\"KEY\":\"DENIED\"}",
                "{\"KEY\":\"DENIED\",REST,\"KEY\":\"ALLOWED\"}",
                "{\"KEY\":\"ALLOWED\",REST,\"ESCAPED\":\"DENIED\"}",
                "{\"KEY\":\"ALLOWED\",REST}{\"KEY\":\"DENIED\",REST}",
                "{\"KEY\":\"ALLOWED\",REST",
                "\ufeff{\"KEY\":\"ALLOWED\",REST}",
                "[{\"KEY\":\"ALLOWED\",REST}]",
                " ")) {
            HttpResponse<String> answer = client.send("POST", surface.path(), body(surface, text), NOVA);
            assertFailure(answer, surface.shape(), 400, "bad-request");
            assertThat(answer.body()).contains("The request body ").doesNotContain(DENIED);
        }
        assertThat(proxy.emulator().recorder().requestCount())
                .as("nothing went upstream")
                .isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("bodies")
    void letsAnAllowedModelThroughWhereverItStands(SurfaceCase surface, SurfaceClient client, int version) {
        for (String text : List.of(
                "{\"KEY\":\"ALLOWED\",REST}",
                "{REST,\"KEY\":\"ALLOWED\"}",
                "{\"ESCAPED\":\"ALLOWED\",REST}",
                "{\"metadata\":{\"KEY\":\"DENIED\"},REST,\"KEY\":\"ALLOWED\"}")) {
            HttpResponse<String> answer = client.send("POST", surface.path(), body(surface, text), NOVA);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(proxy.emulator().recorder().last().modelId()).isEqualTo(ALLOWED);
        }
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("bodies")
    void leavesABodyToAwsWhereEveryModelIsAllowed(SurfaceCase surface, SurfaceClient client, int version) {
        HttpResponse<String> answer = client.send("POST", surface.path(), body(surface, "{REST}"), proxy.secret());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-bedrock-proxy-failure"))
                .as("AWS's own answer: %s", answer.body())
                .isEmpty();
    }

    static Stream<Arguments> bigBodies() {
        return SurfaceCase.all().stream()
                .filter(surface -> List.of("/v1/chat/completions", "/v1/messages?beta=true")
                        .contains(surface.path()))
                .flatMap(surface -> Stream.of(0, 1).map(i -> Arguments.of(surface, clients.get(i), i + 1)));
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("bigBodies")
    void readsABodyOfTwentyMegabytesToItsEnd(SurfaceCase surface, SurfaceClient client, int version) {
        long before = proxy.emulator().recorder().requestCount();
        for (String last : List.of("\"KEY\":\"DENIED\"", "\"KEY\":\"ALLOWED\",\"KEY\":\"DENIED\"")) {
            HttpResponse<String> answer = sendBig(surface, client, last);
            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
            assertThat(answer.headers().firstValue("x-bedrock-proxy-failure")).isPresent();
        }
        assertThat(proxy.emulator().recorder().requestCount()).isEqualTo(before);

        HttpResponse<String> answer = sendBig(surface, client, "\"KEY\":\"ALLOWED\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(proxy.emulator().recorder().last().bodyLength()).isGreaterThan(20_000_000);
    }

    private static HttpResponse<String> sendBig(SurfaceCase surface, SurfaceClient client, String last) {
        byte[] head =
                body(surface, "{\"metadata\":{\"KEY\":\"DENIED\",\"image\":\"").getBytes(UTF_8);
        byte[] image = "QUJD".repeat(CHUNK / 4).getBytes(UTF_8);
        byte[] tail = body(surface, "\"},REST," + last + "}").getBytes(UTF_8);
        int pieces = 20_000_000 / CHUNK + 1;
        List<InputStream> parts = new ArrayList<>(List.of(new ByteArrayInputStream(head)));
        Collections.nCopies(pieces, image).forEach(piece -> parts.add(new ByteArrayInputStream(piece)));
        parts.add(new ByteArrayInputStream(tail));
        InputStream all = new SequenceInputStream(Collections.enumeration(parts));
        long length = head.length + (long) pieces * CHUNK + tail.length;
        return client.send(
                "POST",
                surface.path(),
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> all), length),
                NOVA,
                BodyHandlers.ofString());
    }
}
