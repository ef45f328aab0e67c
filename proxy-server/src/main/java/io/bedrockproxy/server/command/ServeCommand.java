package io.bedrockproxy.server.command;

import io.bedrockproxy.server.ProxyServer;
import io.bedrockproxy.server.StartupException;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.LoadedConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the proxy. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the proxy; SIGTERM drains and ends it, SIGHUP reloads its configuration.")
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
        AtomicReference<@Nullable ProxyServer> running = new AtomicReference<>();
        onHangup(running);
        ConfigSource source = new ConfigSource(context.loader(), option.file(), context.environment());
        LoadedConfig loaded = source.load();
        ProxyServer server = start(source, loaded, context);
        running.set(server);
        // Not before it runs: whoever cannot start it reads one message and no more.
        loaded.notes().forEach(LOG::info);
        loaded.warnings().forEach(LOG::warn);
        return runUntilStopped(server, context);
    }

    /** From the beginning, as a process that does not handle SIGHUP dies of it. */
    private static void onHangup(AtomicReference<@Nullable ProxyServer> running) {
        try {
            ProcessSignals.handle("HUP", () -> {
                ProxyServer server = running.get();
                if (server != null) {
                    server.reload();
                }
            });
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIGHUP cannot be handled: files that change are noticed all the same", e);
        }
    }

    private static ProxyServer start(ConfigSource source, LoadedConfig loaded, CommandContext context)
            throws StartupException {
        try {
            return ProxyServer.start(source, loaded, context.run());
        } catch (StartupException e) {
            throw e.in(source.name());
        }
    }

    /** Waits for the end of the drain that a signal, or the admin port, begins. */
    static int runUntilStopped(ProxyServer server, CommandContext context) {
        StopSignals.onFirst(server::drain, context.run().nanos());
        server.awaitStopped();
        return 0;
    }
}
