package io.bedrockproxy.server;

import io.bedrockproxy.server.config.ProxyConfig;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: start, ready, drain, stop. */
public final class ProxyServer {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final Assembly assembly;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private ProxyServer(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts everything and returns when connections are accepted; credentials may still be on their way, which
     * readiness tells.
     *
     * @throws StartupException when something cannot be used as configured; then nothing is left running
     */
    public static ProxyServer start(ProxyConfig config, RunContext context) throws StartupException {
        Assembly assembly = Assembly.build(config, context);
        ProxyServer server = new ProxyServer(assembly);
        LOG.info(
                "started endpoint={} admin={} transport={} region={} clients={} buffered-bodies={} connections={}",
                NetUtil.toSocketAddressString(server.endpoint()),
                NetUtil.toSocketAddressString(server.admin()),
                assembly.transport().name(),
                config.bedrock().region(),
                config.clients().size(),
                config.limits().bufferedBodiesBytes(),
                config.limits().connections());
        return server;
    }

    /** Where clients connect; the port is the real one. */
    public InetSocketAddress endpoint() {
        return assembly.listener().address();
    }

    /** Where probes connect; the port is the real one. */
    public InetSocketAddress admin() {
        return assembly.admin().address();
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
        assembly.listener().close();
        assembly.admin().close();
        assembly.credentials().close();
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
