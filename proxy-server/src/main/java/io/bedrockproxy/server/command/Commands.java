package io.bedrockproxy.server.command;

import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.exchange.ProductVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

/** The command line: the proxy itself, and its sub-commands. Without a sub-command it serves. */
@Command(
        name = "bedrock-sigv4-proxy",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        description = {
            "Takes a bearer secret, signs the request with SigV4 and streams Amazon Bedrock's answer back.",
            "Without a command it serves, as with the command serve."
        },
        footer = {"", "Exit codes: 0 fine, 2 usage or configuration error, 1 anything else."})
public final class Commands implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final CommandContext context;

    @Mixin
    private ConfigOption config = new ConfigOption();

    private Commands(CommandContext context) {
        this.context = context;
    }

    /** Runs one command; returns the exit code. Secrets are never read from {@code args}. */
    public static int run(CommandContext context, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Commands(context))
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(new SandboxCommand(context))
                .addSubcommand(new EmulatorCommand(context))
                .addSubcommand(new SecretCommand())
                .addSubcommand(new HealthcheckCommand(context))
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, ignored) -> UsageErrors.tell(wrong))
                .setExecutionStrategy(parsed -> withLogging(context, parsed))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, err))
                .execute(args);
    }

    @Override
    public Integer call() throws ConfigException, StartupException {
        return ServeCommand.serve(context, config);
    }

    private static int withLogging(CommandContext context, ParseResult parsed) {
        try {
            LogSetup.apply(context.environment());
        } catch (ConfigException e) {
            throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** An operator's mistake is told in words; a mistake of ours with its stack, or nobody can mend it. */
    private static int failed(Exception e, PrintWriter err) {
        Throwable cause = e instanceof CommandLine.ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof ConfigException || cause instanceof StartupException) {
            err.println(cause.getMessage());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        LOG.error("unexpected", cause);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bedrock-sigv4-proxy " + ProductVersion.get()};
        }
    }
}
