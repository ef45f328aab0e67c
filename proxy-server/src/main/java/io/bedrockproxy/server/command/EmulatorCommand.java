package io.bedrockproxy.server.command;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.hocon.HostAndPort;
import io.bedrockproxy.server.config.hocon.Units;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code emulator}: a Bedrock and an STS for tests of other programs. */
@Command(
        name = "emulator",
        mixinStandardHelpOptions = true,
        description = "Runs a Bedrock and an STS on this machine that verify signatures; no proxy.")
final class EmulatorCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--bedrock",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:0",
            description = "Where the Bedrock side listens; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private InetSocketAddress bedrock;

    @Option(
            names = "--sts",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:0",
            description = "Where the STS side listens (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private InetSocketAddress sts;

    @Option(
            names = "--credential-life",
            paramLabel = "DURATION",
            converter = Life.class,
            defaultValue = "1h",
            description = "How long the credentials that it issues live, such as 20s (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private Duration credentialLife;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    EmulatorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws StartupException, InterruptedException {
        EmulatorConfig config = EmulatorConfig.defaults()
                .withBedrock(bedrock)
                .withSts(sts)
                .withCredentialLife(credentialLife)
                .withClock(context.run().clock());
        CountDownLatch stopped = new CountDownLatch(1);
        try (Emulator emulator = start(config)) {
            StopSignals.onFirst(stopped::countDown, context.run().nanos());
            print(emulator, spec.commandLine().getOut());
            stopped.await();
        }
        return 0;
    }

    /** Starts one; a port that is taken is an operator's mistake. */
    static Emulator start(EmulatorConfig config) throws StartupException {
        try {
            return Emulator.start(config);
        } catch (RuntimeException e) {
            String where = config.bedrock() + " and " + config.sts();
            String message = "emulator: cannot listen on " + where + ": " + e.getMessage() + " (expected: free ports)";
            throw new StartupException(message, e);
        }
    }

    private static void print(Emulator emulator, PrintWriter out) {
        printMachineLines(emulator, out);
        String user = emulator.accessKeyId() + ":" + emulator.secretAccessKey();
        String signed = "--aws-sigv4 aws:amz:us-east-1:bedrock --user '" + user + "' ";
        String endpoint = emulator.bedrockEndpoint().toString();
        out.println();
        out.println("# curl (7.75 or newer) signs by itself, but paths as they are typed: choose ids without a colon.");
        out.println(CurlLines.invoke(endpoint, signed, "emulator.delay-200"));
        out.println(CurlLines.converse(endpoint, signed, "emulator.delay-200"));
        out.println();
        out.println("# Ctrl-C ends it.");
        out.flush();
    }

    /** What other programs read: where it is and which keys it takes. */
    static void printMachineLines(Emulator emulator, PrintWriter out) {
        out.println("bedrock=" + emulator.bedrockEndpoint());
        out.println("mantle=" + emulator.mantleEndpoint());
        out.println("sts=" + emulator.stsEndpoint());
        out.println("access-key-id=" + emulator.accessKeyId());
        out.println("secret-access-key=" + emulator.secretAccessKey());
    }

    /** Reads addresses as the configuration does. */
    static final class Address implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String value) {
            HostAndPort parsed = HostAndPort.parse(value);
            InetSocketAddress address = parsed == null ? null : new InetSocketAddress(parsed.host(), parsed.port());
            if (address == null || address.isUnresolved()) {
                throw new TypeConversionException("\"" + value + "\" (expected: host:port, such as 127.0.0.1:0)");
            }
            return address;
        }
    }

    /** Reads durations as the configuration does. */
    static final class Life implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration life = Units.duration(value);
            if (life == null || life.isZero()) {
                throw new TypeConversionException("\"" + value + "\" (expected: a duration such as 20s or 1h)");
            }
            return life;
        }
    }
}
