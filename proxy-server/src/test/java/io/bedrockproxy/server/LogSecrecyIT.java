package io.bedrockproxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.sts.StsMode;
import io.bedrockproxy.server.command.LogSetup;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Whatever the log level, and whoever sets it: no line holds a secret, a credential or a part of a body. */
@ExtendWith(LeakCheck.class)
class LogSecrecyIT {
    private static final List<String> LIBRARIES = List.of(
            "io.netty",
            "software.amazon.awssdk",
            "software.amazon.awssdk.request",
            "software.amazon.awssdk.http.auth.aws.internal.signer",
            "software.amazon.awssdk.auth.signer",
            "sun.net.www");
    private static final String PROMPT = "Some-Words-Of-A-Prompt";
    private static final Duration LIFE = Duration.ofSeconds(5);

    private final String wrong = LocalProxy.newSecret();
    private final String narrow = LocalProxy.newSecret();
    private final Confidential confidential = new Confidential();

    @Test
    void traceOfTheVariableTellsNothing() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            LogSetup.apply(Map.of("BEDROCK_PROXY_LOG_LEVEL", "TRACE"));
            wholeLife();
            assertThat(confidential.foundIn(log.lines())).isEmpty();
            assertHarmlessLinesAreThere(log.lines());
        }
    }

    @Test
    void levelsOfAnOperatorsOwnTellNothing() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            log.removeFilters();
            LogSetup.apply(Map.of());
            log.force(Level.TRACE, LIBRARIES);
            wholeLife();
            assertThat(confidential.foundIn(log.lines())).isEmpty();
            assertHarmlessLinesAreThere(log.lines());
        }
    }

    /** The other tests can fail: this is what the same life leaves in a log that nothing holds back. */
    @Test
    void withoutTheFilterLibrariesDoTell() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            log.removeFilters();
            log.force(Level.TRACE, LIBRARIES);
            wholeLife();
            LoggerFactory.getLogger("control").trace("presented {}", wrong);
            assertThat(confidential.foundIn(log.lines()))
                    .as("at TRACE the SDK prints URIs and canonical requests")
                    .anyMatch(found -> found.startsWith("external ID: TRACE software.amazon.awssdk."))
                    .anyMatch(found -> found.startsWith("any SigV4 header: DEBUG software.amazon.awssdk."))
                    .as("and what a logger of ours said would be found")
                    .anyMatch(found -> found.startsWith("wrong secret: TRACE control"));
            assertThat(log.lines()).anyMatch(line -> line.startsWith("TRACE io.netty."));
        }
    }

    /** From an STS outage through requests of every kind, an upstream's troubles and a refresh to the drain. */
    private void wholeLife() throws Exception {
        try (LocalProxy proxy = LocalProxy.builder()
                .downstreamTls()
                .upstreamTls()
                .emulator(e -> e.withCredentialLife(LIFE))
                .prepared(emulator -> emulator.stsMode(StsMode.ERROR_500))
                .config("clients.narrow { role = test, models = [\"none\"], secrets = [ { sha256 = %s } ] }"
                        .formatted(LocalProxy.sha256(narrow)))
                .start()) {
            HttpClient.Builder http = HttpClient.newBuilder().sslContext(CaTrust.context(proxy.caFile()));
            Calls http1 = new Calls(proxy, http.version(Version.HTTP_1_1).build());
            Calls http2 = new Calls(proxy, http.version(Version.HTTP_2).build());
            assertThat(http1.converse().statusCode()).isEqualTo(503);
            proxy.emulator().stsMode(StsMode.OK);
            await().until(() -> http1.converse().statusCode() == 200);
            for (Calls calls : List.of(http1, http2)) {
                requests(proxy, calls);
            }
            strangers(proxy);
            refresh(proxy, http2);
            collect(proxy);
            proxy.server().drain().toCompletableFuture().join();
        }
    }

    private void requests(LocalProxy proxy, Calls calls) {
        String secret = proxy.secret();
        String basic = Base64.getEncoder().encodeToString(("anybody:" + secret).getBytes(StandardCharsets.UTF_8));
        expect(200, calls, calls.request(secret, Calls.MODEL, "converse", PROMPT));
        expect(200, calls, calls.request(secret, Calls.MODEL, "converse-stream", PROMPT));
        expect(
                200,
                calls,
                calls.request(secret, Calls.MODEL, "converse", PROMPT).setHeader("Authorization", "Basic " + basic));
        expect(
                200,
                calls,
                calls.request(secret, Calls.MODEL, "converse", PROMPT).header("x-api-key", secret));
        expect(401, calls, calls.request(wrong, Calls.MODEL, "converse", PROMPT));
        expect(401, calls, calls.request(wrong, Calls.MODEL, "converse", PROMPT).header("api-key", secret));
        expect(403, calls, calls.request(narrow, Calls.MODEL, "converse", PROMPT));
        expect(400, calls, calls.request(secret, Calls.MODEL, "converse?key=" + secret, PROMPT));
        expect(400, calls, calls.request(secret, "emulator.error-ValidationException", "converse", PROMPT));
        expect(500, calls, calls.request(secret, "emulator.error-InternalServerException", "converse", PROMPT));
        expect(
                200,
                calls,
                calls.request(secret, "emulator.midstream-ThrottlingException-1", "converse-stream", PROMPT));
        expect(200, calls, calls.request(secret, "emulator.cut-1", "converse-stream", PROMPT));
        expect(404, calls, calls.request(secret, Calls.MODEL, "frobnicate", PROMPT));
        surfaces(proxy, calls);
    }

    /** With the prompt in bodies in which the model is looked for, and in places where none is. */
    private void surfaces(LocalProxy proxy, Calls calls) {
        String model = "\"model\":\"" + Calls.MODEL + "\",";
        String rest = "\"max_tokens\":9,\"input\":\"" + PROMPT + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + PROMPT + "\"}]}";
        for (String path : List.of("/v1/chat/completions", "/v1/messages?beta=true", "/mantle/v1/responses")) {
            expect(200, calls, post(proxy, proxy.secret(), path, "{" + model + rest));
            expect(200, calls, post(proxy, proxy.secret(), path, "{\"stream\":true," + model + rest));
            expect(400, calls, post(proxy, proxy.secret(), path, "{\"model\":\"" + PROMPT + " x\"," + rest));
            expect(401, calls, post(proxy, wrong, path, "{" + model + rest));
        }
        expect(403, calls, post(proxy, narrow, "/v1/messages", "{" + model + rest));
        expect(400, calls, post(proxy, narrow, "/v1/messages", "{\"" + PROMPT + "\":\"" + PROMPT));
    }

    private static HttpRequest.Builder post(LocalProxy proxy, String secret, String path, String body) {
        return HttpRequest.newBuilder(proxy.endpoint().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static void expect(int status, Calls calls, HttpRequest.Builder request) {
        HttpRequest made = request.build();
        assertThat(calls.send(made).statusCode()).as("%s", made.uri()).isEqualTo(status);
    }

    /** A client that forgot to speak TLS: the TLS engine's complaint holds what it got, in hexadecimal. */
    private static void strangers(LocalProxy proxy) throws IOException {
        try (Socket socket =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("POST /model/x/converse HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + proxy.secret()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
    }

    private static void refresh(LocalProxy proxy, Calls calls) {
        Emulator emulator = proxy.emulator();
        long before = emulator.recorder().assumeRoleCount();
        await().atMost(LIFE).until(() -> emulator.recorder().assumeRoleCount() > before);
        emulator.stsMode(StsMode.DENIED);
        await().atMost(LIFE.multipliedBy(2)).until(() -> calls.converse().statusCode() == 424);
    }

    private void collect(LocalProxy proxy) {
        confidential.secret("secret", proxy.secret());
        confidential.secret("wrong secret", wrong);
        confidential.secret("narrow client's secret", narrow);
        confidential.secret("source key", proxy.emulator().secretAccessKey());
        confidential.text("external ID", LocalProxy.EXTERNAL_ID);
        confidential.text("prompt", PROMPT);
        confidential.text("answer", "You said:");
        confidential.text("any SigV4 header", "AWS4-HMAC-SHA256");
        confidential.signing(proxy.emulator().recorder().requests());
    }

    private static void assertHarmlessLinesAreThere(List<String> lines) {
        assertThat(String.join("\n", lines))
                .contains("ProxyServer started endpoint=", "ProxyServer draining", "ProxyServer stopped")
                .contains("state=unavailable code=InternalFailure", "state=denied code=AccessDenied")
                .as("at DEBUG")
                .contains("state=ready fetched=SessionCredentials[ASIA")
                .contains(
                        "\"outcome\":\"complete\"",
                        "\"failure\":\"unauthenticated\"",
                        "\"failure\":\"forbidden-model\"");
    }
}
