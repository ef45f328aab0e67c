package io.bedrockproxy.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.recording.RecordedRequest;
import io.bedrockproxy.server.LeakCheck;
import io.bedrockproxy.server.LocalProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The table of the proxy and that of the emulator, written by different hands, mean the same: each row arrives there under
 * the name that it has here. Who adds a row to one of them only, sees it here.
 */
@ExtendWith(LeakCheck.class)
class OperationTableIT {
    private static final String MODEL = "amazon.nova-lite-v1:0";
    private static final Map<String, String> VALUES = Map.of(
            "{model}", MODEL,
            "{guardrail}", "abcdefgh",
            "{version}", "1",
            "{invocation}", "arn:aws:bedrock:us-east-1:000000000000:async-invoke%2Fabc",
            "{response}", "resp_abc");

    @AutoClose
    private static final LocalProxy proxy = LocalProxy.start();

    static final List<SurfaceRow> ROWS = SurfaceTable.ROWS;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void arrivesAsWhatItIs(SurfaceRow row) throws IOException, InterruptedException {
        String path = row.pattern().stream()
                .map(part -> VALUES.getOrDefault(part, part))
                .collect(Collectors.joining("/", "/", ""));
        String body = row.modelKey() == null ? "{}" : "{\"" + row.modelKey() + "\":\"" + MODEL + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.endpoint() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + proxy.secret())
                .header("anthropic-version", "2023-06-01")
                .method(
                        row.method(),
                        row.method().equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("x-bedrock-proxy-failure"))
                .as("AWS's own answer, be it that something is missing: %s", answer.body())
                .isEmpty();
        RecordedRequest recorded = proxy.emulator().recorder().last();
        assertThat(recorded.operation()).isEqualTo(row.operation().name());
        assertThat(recorded.method()).isEqualTo(row.method());
        assertThat(recorded.verified()).as("%s", recorded.verdict()).isTrue();
    }
}
