package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.sts.StsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** The life of {@code serve} in a process of its own: not ready, ready, drained by SIGTERM. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeProcessIT {
    private static final String SECRET = "0123456789abcdef-0123456789abcdef";
    private static final Pattern ENDPOINT = Pattern.compile("started endpoint=(127\\.0\\.0\\.1:\\d+) ");
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(30);

    @AutoClose
    private final Emulator emulator = Emulator.start(EmulatorConfig.defaults());

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void isAskedByHealthcheckAndFinishesWhatIsOpenOnSigterm() throws Exception {
        emulator.stsMode(StsMode.ERROR_500);
        Map<String, String> asked = Map.of("BEDROCK_PROXY_ADMIN_LISTEN", "127.0.0.1:" + freePort());
        assertThat(CommandRun.of(asked, "healthcheck").exitCode())
                .as("nothing listens there yet")
                .isEqualTo(1);
        try (ChildProcess child = ChildProcess.start(folder, asked, "serve", "--config", config())) {
            URI endpoint = endpointOf(child);
            CommandRun unhealthy = CommandRun.of(asked, "healthcheck");
            assertThat(unhealthy.exitCode()).as(unhealthy.err()).isEqualTo(1);
            assertThat(unhealthy.err()).contains("/readyz answers 503");

            emulator.stsMode(StsMode.OK);
            await().atMost(STARTED_WITHIN)
                    .until(() -> CommandRun.of(asked, "healthcheck").exitCode() == 0);

            CompletableFuture<HttpResponse<String>> open = http.sendAsync(stream(endpoint), BodyHandlers.ofString());
            await().until(() -> emulator.recorder().openAnswers() == 1);
            child.terminate();
            await().atMost(STARTED_WITHIN)
                    .until(() -> CommandRun.of(asked, "healthcheck").exitCode() == 1);
            assertThat(child.isAlive()).as("its stream is open").isTrue();
            assertThat(open.join().statusCode()).isEqualTo(200);
            assertThat(open.join().body())
                    .as("the stream came to its regular end")
                    .contains("event: messageStop")
                    .doesNotContain("event: exception");
            assertThat(child.exitCode()).as(child.err()).isZero();
            assertThat(child.err()).contains("SIGTERM", "draining", "stopped").doesNotContain(SECRET);
            assertThat(child.out().lines())
                    .as("one line for the one exchange, written before the end")
                    .singleElement()
                    .asString()
                    .contains("\"client\":\"app\"", "\"outcome\":\"complete\"");
        }
    }

    @Test
    void readsItsConfigurationAnewOnSighup() throws Exception {
        Map<String, String> asked = Map.of("BEDROCK_PROXY_ADMIN_LISTEN", "127.0.0.1:" + freePort());
        String config = config();
        try (ChildProcess child = ChildProcess.start(folder, asked, "serve", "--config", config)) {
            URI endpoint = endpointOf(child);
            await().atMost(STARTED_WITHIN)
                    .until(() -> CommandRun.of(asked, "healthcheck").exitCode() == 0);
            child.hangUp();
            await().atMost(STARTED_WITHIN).until(() -> child.err().contains("configuration is unchanged"));

            Files.writeString(folder.resolve("secret"), "fedcba9876543210-fedcba9876543210\n");
            child.hangUp();
            await().atMost(STARTED_WITHIN).until(() -> child.err().contains("clients-changed=1 [app]"));
            assertThat(http.send(stream(endpoint), BodyHandlers.ofString()).statusCode())
                    .as("revoked")
                    .isEqualTo(401);
            child.terminate();
            assertThat(child.exitCode()).as(child.err()).isZero();
            assertThat(child.err()).doesNotContain(SECRET, "fedcba9876543210");
        }
    }

    private String config() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + '\n');
        return Files.writeString(folder.resolve("proxy.conf"), """
                bedrock-proxy {
                  listener.port = 0
                  bedrock { region = us-east-1, endpoint = "%s" }
                  sts.endpoint = "%s"
                  sources.s { access-key-id = "%s", secret-access-key = "%s" }
                  roles.r { role-arn = "arn:aws:iam::000000000000:role/r", session-policy = none, source = s }
                  clients.app { role = r, secrets = [{ file = "%s" }] }
                  timeouts { drain-grace = 200ms, drain = 20s }
                }
                """.formatted(
                                emulator.bedrockEndpoint(),
                                emulator.stsEndpoint(),
                                emulator.accessKeyId(),
                                emulator.secretAccessKey(),
                                secret))
                .toString();
    }

    private static HttpRequest stream(URI endpoint) {
        return HttpRequest.newBuilder(endpoint.resolve("/model/emulator.pace-100-30-10/converse-stream"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + SECRET)
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}"))
                .build();
    }

    private static URI endpointOf(ChildProcess child) {
        await().atMost(STARTED_WITHIN)
                .until(() -> !child.isAlive() || ENDPOINT.matcher(child.err()).find());
        Matcher started = ENDPOINT.matcher(child.err());
        assertThat(started.find()).as(child.err()).isTrue();
        return URI.create("http://" + started.group(1));
    }

    /** Healthcheck has to know it beforehand, so 0 will not do. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
