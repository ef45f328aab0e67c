package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bedrockproxy.emulator.Emulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a process of its own, configured by environment alone, in front of an emulator. */
final class ServedProcess implements AutoCloseable {
    private static final String SECRET = "0123456789abcdef-0123456789abcdef";
    private static final Pattern STARTED =
            Pattern.compile("started endpoint=(127\\.0\\.0\\.1:\\d+) .*admin=(127\\.0\\.0\\.1:\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ChildProcess child;
    private final URI endpoint;
    private final URI admin;

    private ServedProcess(ChildProcess child) {
        this.child = child;
        await().atMost(LIMIT)
                .until(() -> !child.isAlive() || STARTED.matcher(child.err()).find());
        Matcher started = STARTED.matcher(child.err());
        assertThat(started.find()).as(child.err()).isTrue();
        endpoint = URI.create("http://" + started.group(1));
        admin = URI.create("http://" + started.group(2));
    }

    /** With {@code environment} besides what it needs to reach the emulator; nothing of this process's. */
    static ServedProcess start(Path folder, Emulator emulator, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_REGION", "us-east-1");
        // No machine of AWS, unless the test has one, and nothing of a developer's own files.
        all.putIfAbsent("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1");
        all.putIfAbsent("AWS_CONFIG_FILE", folder.resolve("none").toString());
        all.putIfAbsent("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        all.put("BEDROCK_PROXY_SECRET", SECRET);
        all.put("BEDROCK_PROXY_ENDPOINT", emulator.bedrockEndpoint().toString());
        all.put("BEDROCK_PROXY_STS_ENDPOINT", emulator.stsEndpoint().toString());
        all.put("BEDROCK_PROXY_LISTEN", "127.0.0.1:0");
        all.put("BEDROCK_PROXY_ADMIN_LISTEN", "127.0.0.1:0");
        ChildProcess child = ChildProcess.start(folder, all, "serve");
        try {
            return new ServedProcess(child);
        } catch (RuntimeException | AssertionError e) {
            child.close();
            throw e;
        }
    }

    void awaitReady() {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(send(HttpRequest.newBuilder(admin.resolve("/readyz")))
                                .statusCode())
                        .as(child.err())
                        .isEqualTo(200));
    }

    /** One request, which has to succeed. */
    void call() {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(endpoint.resolve("/model/amazon.nova-micro-v1:0/converse"))
                        .header("Authorization", "Bearer " + SECRET)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}")));
        assertThat(answer.statusCode()).as("%s%n%s", answer.body(), child.err()).isEqualTo(200);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(child.err(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
