package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.LoadedConfig;
import io.bedrockproxy.server.reload.FileContents;
import io.bedrockproxy.server.reload.ReloadState;
import io.bedrockproxy.server.reload.ReloadThread;
import io.bedrockproxy.server.reload.Reloader;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: start, ready, drain, stop. */
public final class ProxyServer {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final Assembly assembly;
    /** Null when nothing is ever reloaded. */
    private final @Nullable ReloadThread reloads;

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private ProxyServer(Assembly assembly, @Nullable ReloadThread reloads) {
        this.assembly = assembly;
        this.reloads = reloads;
    }

    /**
     * Starts everything and returns when connections are accepted; credentials may still be on their way, which
     * readiness tells. The configuration stays as it is.
     *
     * @throws StartupException when something cannot be used as configured; then nothing is left running
     */
    public static ProxyServer start(ProxyConfig config, RunContext context) throws StartupException {
        ReloadState unchanging = ReloadState.current(context.clock().instant());
        Assembly assembly = Assembly.build(config, FileContents.of(Set.of()), context, () -> unchanging);
        return started(new ProxyServer(assembly, null), config);
    }

    /**
     * The same, and from then on brings in what changes in the files.
     *
     * @param loaded what {@code source} gave
     * @throws StartupException when something cannot be used as configured; then nothing is left running
     */
    public static ProxyServer start(ConfigSource source, LoadedConfig loaded, RunContext context)
            throws StartupException {
        FileContents contents = FileContents.of(loaded.files());
        Reloader reloader = new Reloader(source, loaded, contents, context.clock());
        Assembly assembly = Assembly.build(loaded.config(), contents, context, reloader::state);
        return started(
                new ProxyServer(assembly, ReloadThread.start(reloader, assembly, ReloadThread.INTERVAL)),
                loaded.config());
    }

    private static ProxyServer started(ProxyServer server, ProxyConfig config) {
        server.assembly.quitRequested().thenAccept(asked -> server.quit());
        LOG.info(
                "started endpoint={} admin={} transport={} region={} clients={} buffered-bodies={} connections={}",
                shown(server.assembly.listener().address()),
                NetUtil.toSocketAddressString(server.admin()),
                server.assembly.transport().name(),
                config.bedrock().region(),
                config.clients().size(),
                config.limits().bufferedBodiesBytes(),
                config.limits().connections());
        return server;
    }

    /**
     * Looks at the files now, and reports in the log what came of it. From any thread; completes when that is done, which
     * is soon.
     */
    public CompletionStage<Void> reload() {
        return reloads == null ? CompletableFuture.completedFuture(null) : reloads.lookNow();
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress tcp ? NetUtil.toSocketAddressString(tcp) : "unix:" + address;
    }

    /**
     * Where clients connect; the port is the real one.
     *
     * @throws IllegalStateException when that is a Unix socket
     */
    public InetSocketAddress endpoint() {
        if (assembly.listener().address() instanceof InetSocketAddress tcp) {
            return tcp;
        }
        throw new IllegalStateException("the listener is a Unix socket");
    }

    /** Where probes connect; the port is the real one. */
    public InetSocketAddress admin() {
        return assembly.admin().address();
    }

    private void quit() {
        LOG.info("POST /quit: ending in good order");
        drain();
    }

    /** Stops in the order of {@link Drain}. Called again, returns the same stage. From any thread. */
    public CompletionStage<Void> drain() {
        if (stopping.compareAndSet(false, true)) {
            LOG.info("draining");
            assembly.beginDrain().whenComplete((done, never) -> stopOffTheLoop());
        }
        return stopped;
    }

    /** Ends at once, open exchanges included. Not on an event loop. */
    public void stopNow() {
        if (stopping.compareAndSet(false, true)) {
            stop();
        }
        awaitStopped();
    }

    /** An event loop cannot wait for its own end. */
    private void stopOffTheLoop() {
        Thread thread = new Thread(this::stop, "proxy-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void stop() {
        if (reloads != null) {
            reloads.close();
        }
        assembly.listener().close();
        assembly.admin().close();
        assembly.closeCredentials();
        assembly.eventLoops()
                .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly();
        LOG.info("stopped");
        stopped.complete(null);
    }

    /** Waits for the end of {@link #drain()} or {@link #stopNow()}. Not on an event loop. */
    public void awaitStopped() {
        stopped.join();
    }
}
