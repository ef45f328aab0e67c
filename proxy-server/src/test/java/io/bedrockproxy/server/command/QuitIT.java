package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The end that a job's main container brings about: {@code POST /quit} on the admin port. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuitIT {
    private static final String SECRET = "0123456789abcdef-0123456789abcdef";
    private static final Pattern STARTED =
            Pattern.compile("started endpoint=(127\\.0\\.0\\.1:\\d+) admin=(127\\.0\\.0\\.1:\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @AutoClose
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void finishesWhatIsOpenAndExitsWithZero() throws Exception {
        String config = config(true);
        try (ChildProcess child = ChildProcess.start(folder, Map.of(), "serve", "--config", config)) {
            Matcher started = started(child);
            CompletableFuture<HttpResponse<String>> open =
                    http.sendAsync(stream(started.group(1)), BodyHandlers.ofString());
            await().atMost(LIMIT).until(() -> emulator.recorder().openAnswers() == 1);

            HttpResponse<String> quit = http.send(quit(started.group(2)), BodyHandlers.ofString());

            assertThat(quit.statusCode()).isEqualTo(200);
            assertThat(quit.body()).isEqualTo("draining\n");
            assertThat(open.join().body())
                    .as("the stream came to its regular end")
                    .contains("event: messageStop")
                    .doesNotContain("event: exception");
            assertThat(child.exitCode()).as(child.err()).isZero();
            assertThat(child.err()).contains("POST /quit: ending in good order", "draining", "stopped");
        }
    }

    @Test
    void isNotThereByDefaultAndComesWithAReload() throws Exception {
        String config = config(false);
        try (ChildProcess child = ChildProcess.start(folder, Map.of(), "serve", "--config", config)) {
            Matcher started = started(child);
            assertThat(http.send(quit(started.group(2)), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(child.isAlive()).isTrue();

            config(true);
            child.hangUp();
            await().atMost(LIMIT)
                    .until(() -> http.send(quit(started.group(2)), BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
            assertThat(child.exitCode()).as(child.err()).isZero();
        }
    }

    private String config(boolean isQuitOn) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + '\n');
        return Files.writeString(folder.resolve("proxy.conf"), """
                bedrock-proxy {
                  listener.port = 0
                  admin { port = 0, quit = %s }
                  bedrock { region = us-east-1, endpoint = "%s" }
                  sources.s { access-key-id = "%s", secret-access-key = "%s" }
                  clients.app { source = s, secrets = [{ file = "%s" }] }
                  timeouts { drain-grace = 200ms, drain = 20s }
                }
                """.formatted(
                                isQuitOn,
                                emulator.bedrockEndpoint(),
                                emulator.accessKeyId(),
                                emulator.secretAccessKey(),
                                secret))
                .toString();
    }

    private static Matcher started(ChildProcess child) {
        await().atMost(LIMIT)
                .until(() -> !child.isAlive() || STARTED.matcher(child.err()).find());
        Matcher started = STARTED.matcher(child.err());
        assertThat(started.find()).as(child.err()).isTrue();
        return started;
    }

    private static HttpRequest quit(String admin) {
        return HttpRequest.newBuilder(URI.create("http://" + admin + "/quit"))
                .timeout(LIMIT)
                .POST(BodyPublishers.noBody())
                .build();
    }

    private static HttpRequest stream(String endpoint) {
        return HttpRequest.newBuilder(
                        URI.create("http://" + endpoint + "/model/emulator.pace-100-30-10/converse-stream"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + SECRET)
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}"))
                .build();
    }
}
