package io.bedrockproxy.server.command;

import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.check.CheckInput;
import io.bedrockproxy.server.check.CheckReport;
import io.bedrockproxy.server.check.CheckResult;
import io.bedrockproxy.server.check.CheckState;
import io.bedrockproxy.server.check.CheckTimeouts;
import io.bedrockproxy.server.check.Checks;
import io.bedrockproxy.server.check.NameResolver;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.LoadedConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: looks at everything that the proxy needs, and says what to do about what fails. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the configuration, endpoints, clock, sources and roles: one line each, with what to do.",
            "Exits with 0 if nothing failed, 1 if something did, 2 if the configuration cannot be used."
        })
final class CheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--invoke",
            paramLabel = "MODEL",
            description = "Also sends one tiny request to this model for each client that may use it; AWS bills it.")
    private @Nullable String model;

    @Option(names = "--json", description = "Prints an array of JSON objects instead of lines.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Filled in by picocli before the call.
    private CommandSpec spec;

    CheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ConfigException, StartupException {
        ConfigSource source = new ConfigSource(context.loader(), config.file(), context.environment());
        try {
            CheckReport report = run(source, source.load());
            print(report);
            return report.exitCode();
        } catch (ConfigException e) {
            printProblem(e.getMessage());
            throw e;
        } catch (StartupException e) {
            StartupException named = e.in(source.name());
            printProblem(named.getMessage());
            throw named;
        }
    }

    private CheckReport run(ConfigSource source, LoadedConfig loaded) throws StartupException {
        return Checks.run(new CheckInput(
                source.name(),
                loaded,
                context.environment(),
                context.run(),
                CheckTimeouts.of(loaded.config().timeouts()),
                NameResolver.system(),
                model));
    }

    /** Whoever reads JSON gets JSON; the words are on standard error too, as those of {@code serve}. */
    private void printProblem(@Nullable String message) {
        if (json) {
            print(new CheckReport(
                    List.of(new CheckResult("configuration", CheckState.FAILED, String.valueOf(message), ""))));
        }
    }

    private void print(CheckReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
    }
}
