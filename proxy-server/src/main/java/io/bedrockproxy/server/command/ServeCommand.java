package io.bedrockproxy.server.command;

import io.bedrockproxy.server.ProxyServer;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.LoadedConfig;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the proxy. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the proxy; SIGTERM drains and ends it.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final CommandContext context;

    @Mixin
    private ConfigOption config = new ConfigOption();

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws ConfigException, StartupException {
        return serve(context, config);
    }

    static int serve(CommandContext context, ConfigOption option) throws ConfigException, StartupException {
        LoadedConfig loaded = context.loader().load(option.file(), context.environment());
        ProxyServer server = start(loaded.config(), context, option);
        // Not before it runs: whoever cannot start it reads one message and no more.
        loaded.notes().forEach(LOG::info);
        loaded.warnings().forEach(LOG::warn);
        return runUntilStopped(server, context);
    }

    private static ProxyServer start(ProxyConfig config, CommandContext context, ConfigOption option)
            throws StartupException {
        try {
            return ProxyServer.start(config, context.run());
        } catch (StartupException e) {
            throw e.in(option.file() == null ? "environment" : option.file().toString());
        }
    }

    /** Waits for the end of the drain that a signal, or the admin port, begins. */
    static int runUntilStopped(ProxyServer server, CommandContext context) {
        StopSignals.onFirst(server::drain, context.run().nanos());
        server.awaitStopped();
        return 0;
    }
}
