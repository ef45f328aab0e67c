package io.bedrockproxy.server.command;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.server.ProxyServer;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.load.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox}: an emulator and the proxy in front of it, for a first answer without an AWS account. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Runs the proxy in front of a Bedrock and an STS on this machine; needs no AWS account.")
final class SandboxCommand implements Callable<Integer> {
    private static final int PORT = 8080;
    private static final int ADMIN_PORT = 8081;
    /** Slow enough for an eye to see that a stream is one. */
    private static final Duration PACE = Duration.ofMillis(80);

    private final CommandContext context;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Where the proxy listens; 0 is any free port (default: 8080, or a free one if that is taken).")
    private @Nullable Integer port;

    @Option(names = "--tls", description = "Serve TLS, with a certificate authority made for this run.")
    private boolean tls;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    SandboxCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ConfigException, StartupException {
        EmulatorConfig emulated =
                EmulatorConfig.defaults().withPace(PACE).withClock(context.run().clock());
        try (ScratchFolder folder = tls ? ScratchFolder.create() : null;
                Emulator emulator = EmulatorCommand.start(emulated)) {
            SandboxConfig sandbox = new SandboxConfig(
                    emulator,
                    SecretCommand.newSecret(),
                    "sandbox-" + SecretCommand.newSecret(),
                    folder == null ? null : LocalCertificates.create(folder.path()),
                    port == null ? freeOrAny(PORT) : port,
                    port != null && port == 0 ? 0 : freeOrAny(ADMIN_PORT));
            emulator.roles(List.of(RoleRule.of(SandboxConfig.ROLE_ARN, sandbox.externalId())));
            emulator.forbidSecret(sandbox.secret());
            ProxyServer server = ProxyServer.start(sandbox.load(context.loader()), context.run());
            print(sandbox, server, spec.commandLine().getOut());
            return ServeCommand.runUntilStopped(server, context);
        }
    }

    private void print(SandboxConfig sandbox, ProxyServer server, PrintWriter out) {
        LocalCertificates certificates = sandbox.certificates();
        // The name that the certificate has; without TLS the address, which needs no resolver.
        String host = certificates == null ? "http://127.0.0.1:" : "https://localhost:";
        String endpoint = host + server.endpoint().getPort();
        out.println("endpoint=" + endpoint);
        out.println("admin=http://127.0.0.1:" + server.admin().getPort());
        out.println("secret=" + sandbox.secret());
        if (certificates != null) {
            out.println("ca=" + certificates.caFile());
        }
        EmulatorCommand.printMachineLines(sandbox.emulator(), out);
        printCurlLines(sandbox, endpoint, out);
        if (port == null && server.endpoint().getPort() != PORT) {
            out.println("# Port " + PORT + " is taken, so this is another one; --port chooses.");
        }
        out.println("# Ctrl-C ends it. Below, one line for each request.");
        out.flush();
    }

    private static void printCurlLines(SandboxConfig sandbox, String endpoint, PrintWriter out) {
        LocalCertificates certificates = sandbox.certificates();
        String trust = certificates == null ? "" : "--cacert '" + certificates.caFile() + "' ";
        String options = trust + "-H 'Authorization: Bearer " + sandbox.secret() + "' ";
        String model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
        out.println();
        out.println("# An answer:");
        out.println(CurlLines.invoke(endpoint, options, model));
        out.println();
        out.println("# Streams, event by event:");
        out.println(CurlLines.converseStream(endpoint, options, model));
        out.println(CurlLines.invokeStream(endpoint, options, model));
        out.println();
    }

    private static int freeOrAny(int wanted) {
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
