package io.bedrockproxy.server;

import static io.bedrockproxy.server.LocalProxy.newSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files change under a running proxy. */
@ExtendWith(LeakCheck.class)
class ReloadIT {
    /** A look each second, and a slow machine. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    @TempDir
    Path mount;

    @AutoClose
    private final CapturedLog log = new CapturedLog();

    @AutoClose
    private final LocalProxy proxy = LocalProxy.start();

    private final Calls calls = new Calls(proxy);
    private final ProxyFile file = new ProxyFile(proxy);

    /** Other tests are spared its information. */
    @BeforeEach
    void logChanges() {
        log.force(Level.INFO, List.of());
    }

    private int status(String secret) {
        return calls.converse(secret, Calls.MODEL).statusCode();
    }

    private String request(String secret) {
        return "POST /model/" + Calls.MODEL + "/invoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + secret
                + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    /** As the kubelet does it: a new folder, a link beside {@code ..data}, and a rename over it. */
    private void mount(String version, String secret) throws IOException {
        Path folder = Files.createDirectory(mount.resolve(version));
        Files.writeString(folder.resolve("secret"), secret);
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void swappedMountRevokesASecretAndCutsNoStream() throws Exception {
        String old = newSecret();
        String fresh = newSecret();
        mount("..2026_11_24", old);
        Path secret = Files.createSymbolicLink(mount.resolve("secret"), Path.of("..data", "secret"));
        file.reload(
                "clients.mounted { role = test, operations = [\"*\"], secrets = [ { file = \"" + secret + "\" } ] }");
        try (RawHttp1 keptAlive = new RawHttp1(proxy.address())) {
            assertThat(keptAlive.send(request(old)).response()).startsWith("HTTP/1.1 200 ");
            CompletableFuture<HttpResponse<String>> stream =
                    calls.sendLater(calls.request(old, "emulator.pace-100-60-10", "converse-stream", "Hello")
                            .header("Accept", "text/event-stream")
                            .build());
            await().until(() -> proxy.emulator().recorder().openAnswers() == 1);

            mount("..2026_11_25", fresh);
            await().atMost(NOTICED).until(() -> status(fresh) == 200);

            assertThat(keptAlive.send(request(old)).response())
                    .as("the next request on a connection that was open before")
                    .startsWith("HTTP/1.1 401 ");
            assertThat(stream.join().body())
                    .as("accepted before, so it runs to its end")
                    .contains("event: messageStop")
                    .doesNotContain("event: exception");
        }
        assertThat(log.lines())
                .filteredOn(line -> line.contains("clients-changed=1 [mounted]"))
                .hasSize(1);
        assertThat(log.lines()).noneMatch(line -> line.contains(old) || line.contains(fresh));
    }

    @Test
    void invalidFileChangesNothingAndIsToldUntilItIsMended() {
        assertThat(calls.admin("/readyz").body()).contains("\"configuration\":{\"state\":\"current\"");
        file.write("clients.test.models = [], limits.header-count = many");
        await().atMost(NOTICED)
                .until(() -> calls.admin("/readyz").body().contains("\"state\":\"reload-failed\",\"since\":\""));

        HttpResponse<String> ready = calls.admin("/readyz");
        assertThat(ready.statusCode()).as("it works as before").isEqualTo(200);
        assertThat(ready.body())
                .contains("proxy.conf", "bedrock-proxy.limits.header-count", "(expected: ")
                .doesNotContain(proxy.secret());
        assertThat(status(proxy.secret())).isEqualTo(200);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("configuration not reloaded"))
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("bedrock-proxy.limits.header-count");

        file.write("");
        await().atMost(NOTICED).until(() -> calls.admin("/readyz").body().contains("\"state\":\"current\""));
        assertThat(log.lines()).anyMatch(line -> line.contains("configuration is good again"));
    }

    @Test
    void whatOnlyTheCoreFindsChangesNothingEither() {
        await().until(calls::isReady);
        String added = newSecret();
        file.reload("roles.bad { role-arn = \"arn:aws:iam::000000000000:role/bad\", source = emulator,"
                + " session-tags { \"aws:reserved\" = x } }\n"
                + "clients.added { role = bad, secrets = [ { sha256 = " + LocalProxy.sha256(added) + " } ] }");

        assertThat(calls.admin("/readyz").body()).contains("reload-failed", "roles.bad");
        assertThat(status(added)).isEqualTo(401);
        assertThat(status(proxy.secret())).isEqualTo(200);
        assertThat(calls.admin("/readyz").body())
                .as("no refresher is left of the try")
                .doesNotContain("role/bad as");
    }

    @Test
    void portsNeedARestartAndTheRestDoesNot() {
        String added = newSecret();
        file.reload("listener.port = 1\nadmin.port = 2\n" + ProxyFile.client("added", added));

        assertThat(status(added)).isEqualTo(200);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("needs a restart"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("WARN"))
                .anySatisfy(line -> assertThat(line).contains("bedrock-proxy.listener.port: 1"))
                .anySatisfy(line -> assertThat(line).contains("bedrock-proxy.admin.port: 2"));
    }

    @Test
    void settingsOfRequestsAndConnectionsApply() throws Exception {
        String unprefixed = "/model/" + Calls.MODEL + "/invoke";
        try (RawHttp1 before = new RawHttp1(proxy.address())) {
            assertThat(before.send(request(proxy.secret())).response()).startsWith("HTTP/1.1 200 ");
            file.reload("""
                    listener { path-prefixes = ["/gateway"], secret-headers = ["x-other-key"] }
                    limits { request-body = 1 KiB, head = 2 KiB }
                    """);

            before.send("POST /gateway" + unprefixed + " HTTP/1.1\r\nHost: x\r\nx-other-key: " + proxy.secret()
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(before.response()).as("the same connection").startsWith("HTTP/1.1 200 ");
            before.send("POST " + unprefixed + " HTTP/1.1\r\nHost: x\r\nx-other-key: " + proxy.secret()
                    + "\r\nContent-Length: 2000\r\n\r\n");
            assertThat(before.response()).startsWith("HTTP/1.1 413 ");
        }
        try (RawHttp1 after = new RawHttp1(proxy.address())) {
            after.send("GET / HTTP/1.1\r\nHost: x\r\nx-long: " + "a".repeat(3000) + "\r\n\r\n");
            assertThat(after.response()).as("a new connection").startsWith("HTTP/1.1 431 ");
        }
    }
}
