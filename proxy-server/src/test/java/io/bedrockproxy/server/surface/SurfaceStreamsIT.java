package io.bedrockproxy.server.surface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of OpenAI's and Anthropic's APIs come down event by event, as they are made. */
@ExtendWith(LeakCheck.class)
class SurfaceStreamsIT {
    /** Events so far apart that all of them take 20 s: whoever waits for the last one is seen to wait. */
    private static final String SLOW = "emulator.pace-1000-20-10";

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.builder()
            .downstreamTls()
            .upstreamTls()
            .emulator(e -> e.withPace(Duration.ofMillis(3)))
            .start();

    private static final List<SurfaceClient> clients = Stream.of(Version.HTTP_1_1, Version.HTTP_2)
            .map(v -> new SurfaceClient(proxy, v))
            .toList();

    static Stream<Arguments> streams() {
        return SurfaceCase.all().stream()
                .filter(surface -> surface.shape() != SurfaceCase.Shape.AWS
                        && surface.body().contains("%s")
                        && !surface.path().contains("count_tokens"))
                .flatMap(surface ->
                        clients.stream().map(client -> Arguments.of(surface, client, clients.indexOf(client) + 1)));
    }

    private static HttpResponse<InputStream> stream(SurfaceCase surface, SurfaceClient client, String model) {
        String body = surface.bodyFor(model).replaceFirst("^\\{", "{\"stream\":true,");
        return client.send(
                "POST", surface.path(), BodyPublishers.ofString(body), proxy.secret(), BodyHandlers.ofInputStream());
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("streams")
    void bringsTheFirstEventWhileTheOthersAreNotMadeYet(SurfaceCase surface, SurfaceClient client, int version)
            throws IOException {
        HttpResponse<InputStream> answer = stream(surface, client, SLOW);
        RecordedRequest recorded = proxy.emulator().recorder().last();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
            assertThat(lines.readLine()).matches("(data: \\{|event: (message_start|response.created)).*");
            assertThat(recorded.end())
                    .as("the upstream has not sent its last event")
                    .isNull();
            assertThat(recorded.framesSent()).isLessThan(20);
        }
        await("the client left, so nothing more is made")
                .atMost(Duration.ofSeconds(30))
                .until(recorded::cancelled);
    }

    @ParameterizedTest(name = "{0}, HTTP/{2}")
    @MethodSource("streams")
    void bringsEveryByteToTheLastEvent(SurfaceCase surface, SurfaceClient client, int version) throws IOException {
        HttpResponse<InputStream> answer = stream(surface, client, SurfaceCase.MODEL);
        byte[] received = answer.body().readAllBytes();
        RecordedRequest recorded = proxy.emulator().recorder().last();

        String text = new String(received, UTF_8);
        assertThat(text).endsWith("\n\n").contains("You").contains(" said:");
        assertThat(text)
                .containsPattern(
                        surface.shape() == SurfaceCase.Shape.ANTHROPIC
                                ? "event: message_stop\ndata: \\{\"type\":\"message_stop\"}\n\n$"
                                : "(data: \\[DONE]\n\n|event: response.completed\ndata: \\{.*}\n\n)$");
        await().until(() -> recorded.end() != null);
        assertThat(recorded.bytesSent()).isEqualTo(received.length);
    }
}
