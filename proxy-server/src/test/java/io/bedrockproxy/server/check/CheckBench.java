package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.EmulatorTls;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.server.RunContext;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.MachineLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An emulator and a configuration for it in which nothing is wrong until a test says so; runs all checks on it. */
final class CheckBench implements AutoCloseable {
    static final String ROLE_ARN = "arn:aws:iam::000000000000:role/path/test";
    static final String EXTERNAL_ID = "the-agreed-external-id";
    static final String SECRET_SHA256 = "0a".repeat(32);
    /** Generous, as nothing is to run into them but what hangs. */
    private static final CheckTimeouts TIMEOUTS = timeouts(Duration.ofSeconds(20));

    private final Path folder;
    private final Emulator emulator;
    private CheckTimeouts timeouts = TIMEOUTS;
    private NameResolver resolver = NameResolver.system();
    private Map<String, String> environment = Map.of();

    private CheckBench(Path folder, Emulator emulator) {
        this.folder = folder;
        this.emulator = emulator;
        emulator.roles(List.of(RoleRule.of(ROLE_ARN, EXTERNAL_ID)));
    }

    static CheckBench start(Path folder) {
        return new CheckBench(folder, Emulator.start(EmulatorConfig.defaults()));
    }

    static CheckBench startTls(Path folder, EmulatorTls tls) {
        return new CheckBench(folder, Emulator.start(EmulatorConfig.defaults().withTls(tls)));
    }

    Emulator emulator() {
        return emulator;
    }

    /** Whatever does not answer at once is given up. */
    CheckBench impatient() {
        timeouts = timeouts(Duration.ofMillis(700));
        return this;
    }

    CheckBench resolver(NameResolver other) {
        resolver = other;
        return this;
    }

    CheckBench environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    private static CheckTimeouts timeouts(Duration each) {
        return new CheckTimeouts(each, each.multipliedBy(3), each, each, each);
    }

    CheckReport check(String hocon) {
        return check(hocon, null);
    }

    /**
     * Runs the checks.
     *
     * @param hocon below {@code bedrock-proxy}; wins
     * @param model what is invoked; null: nothing
     */
    CheckReport check(String hocon, @Nullable String model) {
        InstantSource clock = InstantSource.system();
        try {
            Path file = Files.writeString(folder.resolve("proxy.conf"), config(hocon));
            CheckReport report = Checks.run(new CheckInput(
                    "proxy.conf",
                    new ConfigLoader(MachineLimits.ofThisProcess(), clock).load(file, Map.of()),
                    environment,
                    new RunContext(clock, System::nanoTime),
                    timeouts,
                    resolver,
                    model));
            assertNothingSecret(String.join("\n", report.lines()) + report.json());
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException | StartupException e) {
            throw new IllegalStateException(hocon, e);
        }
    }

    String config(String hocon) {
        return """
                bedrock-proxy {
                  listener.port = 0, admin.port = 0
                  bedrock { region = us-east-1, endpoint = "%1$s", control-plane-endpoint = "%1$s" }
                  sts.endpoint = "%2$s"
                  sources.emulator { access-key-id = %3$s, secret-access-key = "%4$s" }
                  roles.test { role-arn = "%5$s", external-id = %6$s, session-policy = none, source = emulator }
                  clients.app { role = test, secrets = [{ sha256 = %7$s }] }
                  %8$s
                }
                """.formatted(
                        emulator.bedrockEndpoint(),
                        emulator.stsEndpoint(),
                        emulator.accessKeyId(),
                        emulator.secretAccessKey(),
                        ROLE_ARN,
                        EXTERNAL_ID,
                        SECRET_SHA256,
                        hocon);
    }

    private void assertNothingSecret(String printed) {
        assertThat(printed)
                .as("nothing secret")
                .doesNotContain(
                        emulator.secretAccessKey(),
                        EXTERNAL_ID,
                        SECRET_SHA256,
                        Wrong.EXTERNAL_ID,
                        Wrong.SECRET_KEY,
                        Wrong.SESSION_TOKEN)
                .as("no session token, signature or canonical request")
                .doesNotContain("IQoJb3JpZ2lu", "Signature=", "Canonical String", "AWS4-HMAC");
    }

    /** What must not be printed either when it is wrong. */
    static final class Wrong {
        static final String EXTERNAL_ID = "another-external-id";
        static final String SECRET_KEY = "not/the/secret/key/of/this/id/0123456789";
        static final String SESSION_TOKEN = "SESSIONTOKEN0123456789";

        private Wrong() {}
    }

    /** Of a port where nobody listens. */
    static String closedPort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        emulator.close();
    }
}
