package io.bedrockproxy.server.surface;

import static io.bedrockproxy.server.surface.SurfaceClient.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each surface and alias: what passes, and each way not to, in the words that its clients understand. */
@ExtendWith(LeakCheck.class)
class SurfacesIT {
    private static final String READER = LocalProxy.newSecret();
    private static final String NOVA = LocalProxy.newSecret();

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.builder()
            .downstreamTls()
            .upstreamTls()
            .config("clients.reader { role = test, operations = [ListCustomModels], secrets = [ { sha256 = %s } ] }"
                    .formatted(LocalProxy.sha256(READER)))
            .config("clients.nova { role = test, operations = [\"*\"], models = [\"amazon.nova-*\"], secrets = ["
                    + " { sha256 = %s } ] }".formatted(LocalProxy.sha256(NOVA)))
            .start();

    private static final List<SurfaceClient> clients = Stream.of(Version.HTTP_1_1, Version.HTTP_2)
            .map(v -> new SurfaceClient(proxy, v))
            .toList();

    @AfterAll
    static void upstreamSawNoSecretAndNoWrongSignature() {
        assertThat(proxy.emulator().recorder().leakCount()).isZero();
        assertThat(proxy.emulator().recorder().refusedCount()).isZero();
    }

    static Stream<Arguments> everySurface() {
        return SurfaceCase.all().stream()
                .flatMap(surface ->
                        clients.stream().map(client -> Arguments.of(surface, client, clients.indexOf(client) + 1)));
    }

    private static long upstreamRequests() {
        return proxy.emulator().recorder().requestCount();
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("everySurface")
    void passesSignedForItsUpstream(SurfaceCase surface, SurfaceClient client, int version) {
        HttpResponse<String> answer = client.send(surface, SurfaceCase.MODEL, proxy.secret());

        assertThat(answer.version()).isEqualTo(version == 1 ? Version.HTTP_1_1 : Version.HTTP_2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(surface.answer());
        RecordedRequest recorded = proxy.emulator().recorder().last();
        assertThat(recorded.verified()).as("%s", recorded.verdict()).isTrue();
        assertThat(recorded.operation()).isEqualTo(surface.operation());
        assertThat(recorded.method()).isEqualTo(surface.method());
        assertThat(recorded.target()).isEqualTo(surface.upstreamFor(SurfaceCase.MODEL));
        assertThat(recorded.header("authorization")).contains("/us-east-1/" + surface.service() + "/aws4_request");
        assertThat(recorded.modelId()).isEqualTo(surface.hasModel() ? SurfaceCase.MODEL : null);
        assertThat(recorded.header("anthropic-version"))
                .isEqualTo(surface.shape() == SurfaceCase.Shape.AWS ? null : "2023-06-01");
        assertThat(recorded.header("host"))
                .isEqualTo((surface.service().equals("bedrock")
                                ? proxy.emulator().bedrockEndpoint()
                                : proxy.emulator().mantleEndpoint())
                        .getAuthority());
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("everySurface")
    void refusesEveryThingElseInItsOwnShape(SurfaceCase surface, SurfaceClient client, int version) {
        long before = upstreamRequests();
        String model = SurfaceCase.MODEL;
        String target = surface.targetFor(model);
        String path = target.split("\\?", 2)[0];
        String body = surface.bodyFor(model);

        HttpResponse<String> method = client.send("PATCH", target, body, proxy.secret());
        assertFailure(method, surface.shape(), 405, "wrong-method");
        assertThat(method.headers().firstValue("allow").orElse("")).contains(surface.method());
        assertFailure(
                client.send(surface.method(), nothing(surface, path), body, proxy.secret()),
                surface.shape(),
                404,
                "unknown-path");
        assertFailure(client.send(surface, model, READER), surface.shape(), 403, "forbidden-operation");
        HttpResponse<String> wrongSecret = client.send(surface, model, LocalProxy.newSecret());
        assertFailure(wrongSecret, surface.shape(), 401, "unauthenticated");
        assertThat(wrongSecret.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertFailure(
                client.send(surface.method(), path + "?key=" + proxy.secret(), body, proxy.secret()),
                surface.shape(),
                400,
                "bad-request");
        if (surface.hasModel()) {
            assertFailure(client.send(surface, model, NOVA), surface.shape(), 403, "forbidden-model");
        }
        assertThat(upstreamRequests()).as("nothing went upstream").isEqualTo(before);
    }

    /** A path of this surface that nobody has. */
    private static String nothing(SurfaceCase surface, String path) {
        return switch (surface.shape()) {
            case AWS -> "/model/m/nothing";
            case OPENAI -> path.substring(0, path.indexOf("/v1/")) + "/v1/nothing";
            case ANTHROPIC -> path + "/nothing";
        };
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("everySurface")
    void holdsTheRulesForModelsAgainstTheBodyAsAgainstThePath(SurfaceCase surface, SurfaceClient client, int version) {
        for (String allowed : List.of("amazon.nova-lite-v1:0", "us.amazon.nova-lite-v1:0")) {
            HttpResponse<String> answer = client.send(surface, allowed, NOVA);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(proxy.emulator().recorder().last().modelId()).isEqualTo(surface.hasModel() ? allowed : null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bringsErrorsOfTheUpstreamAsTheyAre(SurfaceCase.Shape shape) {
        for (SurfaceCase surface : SurfaceCase.all()) {
            if (surface.shape() == shape && surface.hasModel()) {
                HttpResponse<String> answer =
                        clients.get(1).send(surface, "emulator.error-ThrottlingException", proxy.secret());
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(answer.headers().firstValue("x-bedrock-proxy-failure"))
                        .isEmpty();
                assertThat(answer.body())
                        .contains(shape == SurfaceCase.Shape.AWS ? "{\"message\"" : "rate_limit_error");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void remembersResponsesAsTheirOwner(Version version) {
        SurfaceClient client = clients.get(version == Version.HTTP_1_1 ? 0 : 1);
        for (String base : List.of("/openai/v1", "/v1", "/mantle/v1")) {
            String created = client.send(
                            "POST",
                            base + "/responses",
                            "{\"model\":\"openai.gpt-oss-20b-1:0\",\"input\":\"remember\"}",
                            proxy.secret())
                    .body();
            String id = SurfaceClient.json(created).path("id").asText();
            String response = base + "/responses/" + id;

            assertThat(client.send("GET", response, "", proxy.secret()).body()).contains(id, "completed");
            assertThat(client.send("GET", response + "/input_items?limit=5", "", proxy.secret())
                            .body())
                    .contains("remember");
            HttpResponse<String> cancelled = client.send("POST", response + "/cancel", "", proxy.secret());
            assertThat(cancelled.statusCode()).isEqualTo(400);
            assertThat(cancelled.body()).contains("Cannot cancel a synchronous response.");
            assertThat(client.send("DELETE", response, "", proxy.secret()).body())
                    .contains("\"deleted\":true");
            assertThat(client.send("GET", response, "", proxy.secret()).statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void saysWhatItIsWithoutASecret(Version version) {
        SurfaceClient client = clients.get(version == Version.HTTP_1_1 ? 0 : 1);
        long before = upstreamRequests();

        HttpResponse<String> answer = client.send("GET", "/", "", "no-secret-of-anybody");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(SurfaceClient.json(answer.body()).path("product").asText()).isEqualTo("bedrock-sigv4-proxy");
        assertThat(SurfaceClient.json(answer.body()).path("version").isTextual())
                .isTrue();
        HttpResponse<String> head = client.send("HEAD", "/", "", "no-secret-of-anybody");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertFailure(client.send("POST", "/", "{}", "no-secret"), SurfaceCase.Shape.AWS, 401, "unauthenticated");
        assertFailure(client.send("GET", "/?x=y", "", "no-secret"), SurfaceCase.Shape.AWS, 401, "unauthenticated");
        assertFailure(client.send("POST", "/", "{}", proxy.secret()), SurfaceCase.Shape.AWS, 405, "wrong-method");
        assertThat(upstreamRequests()).isEqualTo(before);
    }
}
