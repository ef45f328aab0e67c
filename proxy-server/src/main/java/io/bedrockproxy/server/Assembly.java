package io.bedrockproxy.server;

import io.bedrockproxy.core.sigv4.CorrectedClock;
import io.bedrockproxy.server.admin.AdminServer;
import io.bedrockproxy.server.admin.QuitSwitch;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.OpenExchanges;
import io.bedrockproxy.server.exchange.SignatureRefusals;
import io.bedrockproxy.server.listener.Listener;
import io.bedrockproxy.server.listener.Transport;
import io.bedrockproxy.server.reload.FileContents;
import io.bedrockproxy.server.reload.ReloadException;
import io.bedrockproxy.server.reload.ReloadState;
import io.bedrockproxy.server.reload.ReloadTarget;
import io.netty.channel.EventLoopGroup;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The composition root: makes every long-lived object, in order, and hands each what it needs. No container. What follows
 * from the configuration is a {@link Generation}, which a reload replaces; the rest is as old as the process.
 */
final class Assembly implements ReloadTarget {
    private final Transport transport;
    private final EventLoopGroup eventLoops;
    private final OpenExchanges open;
    private final Generations generations;
    private final RetiredRegistries retired;
    private final Listener listener;
    private final AdminServer admin;
    private final ReadinessProbe readiness;
    private final CompletableFuture<Void> quitRequested = new CompletableFuture<>();

    /** The one thing that a reload changes. Read once for each connection and once for each exchange. */
    private volatile Generation live;

    private Assembly(
            RunContext context,
            SignatureRefusals refusals,
            Transport transport,
            EventLoopGroup eventLoops,
            ProxyConfig config,
            FileContents contents,
            Supplier<ReloadState> configuration)
            throws StartupException {
        this.transport = transport;
        this.eventLoops = eventLoops;
        this.open = new OpenExchanges();
        this.generations = new Generations(context, refusals, transport, eventLoops, open);
        this.retired = new RetiredRegistries(context.nanos());
        this.live = generations.make(null, config, contents);
        this.readiness = new ReadinessProbe(() -> live.wiring().credentials(), configuration);
        AdminServer bound = null;
        try {
            bound = bindAdmin(config);
            this.admin = bound;
            this.listener = bindListener(config, context);
        } catch (StartupException e) {
            if (bound != null) {
                bound.close();
            }
            live.wiring().credentials().close();
            throw e;
        }
    }

    private AdminServer bindAdmin(ProxyConfig config) throws StartupException {
        InetSocketAddress address = ConfigMapping.adminAddress(config);
        QuitSwitch quit = new QuitSwitch(() -> live.config().admin().quit(), () -> quitRequested.complete(null));
        try {
            return AdminServer.bind(address, transport.serverType(), eventLoops, readiness::now, quit);
        } catch (BindException e) {
            throw BindFailure.of("admin", address, e);
        }
    }

    private Listener bindListener(ProxyConfig config, RunContext context) throws StartupException {
        SocketAddress address = ConfigMapping.listener(config).address();
        try {
            return Listener.bind(
                    address,
                    () -> live.accepting(),
                    transport,
                    eventLoops,
                    loop -> live.servicesOf(loop),
                    context.clock());
        } catch (BindException e) {
            throw address instanceof InetSocketAddress tcp
                    ? BindFailure.of("listener", tcp, e)
                    : BindFailure.of(((UnixDomainSocketAddress) address).getPath(), e);
        }
    }

    /**
     * Makes everything.
     *
     * @param contents what the files that {@code config} names held just before they were read
     * @param configuration how the configuration stands to its files, for readiness
     * @throws StartupException when something cannot be used as configured; then nothing is left running
     */
    static Assembly build(
            ProxyConfig config, FileContents contents, RunContext outside, Supplier<ReloadState> configuration)
            throws StartupException {
        CorrectedClock clock = new CorrectedClock(outside.clock());
        RunContext context = new RunContext(clock, outside.nanos());
        SignatureRefusals refusals = new SignatureRefusals(clock, outside.nanos());
        Transport transport = Transport.best();
        EventLoopGroup eventLoops = transport.newEventLoops(Runtime.getRuntime().availableProcessors());
        try {
            Assembly assembly = new Assembly(context, refusals, transport, eventLoops, config, contents, configuration);
            assembly.live.wiring().credentials().start();
            return assembly;
        } catch (StartupException e) {
            eventLoops.shutdownGracefully();
            throw e;
        }
    }

    @Override
    public Prepared prepare(ProxyConfig config, FileContents contents) throws ReloadException {
        Generation before = live;
        try {
            return new Swap(before, generations.make(before, config, contents), next -> live = next, retired);
        } catch (StartupException e) {
            throw new ReloadException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void tidy() {
        retired.closeOld();
    }

    /** Completes, on an event loop, when somebody on loopback asks for the end. */
    CompletionStage<Void> quitRequested() {
        return quitRequested;
    }

    /** Not ready from this moment; completes when nothing is open any more. */
    CompletableFuture<Void> beginDrain() {
        readiness.drain();
        ProxyConfig config = live.config();
        return new Drain(
                        listener,
                        open,
                        config.timeouts().drainGrace(),
                        config.timeouts().drain(),
                        eventLoops.next())
                .start();
    }

    /** Stops asking for credentials. When nothing reloads any more. */
    void closeCredentials() {
        live.wiring().credentials().close();
        retired.closeAll();
    }

    Transport transport() {
        return transport;
    }

    EventLoopGroup eventLoops() {
        return eventLoops;
    }

    Listener listener() {
        return listener;
    }

    AdminServer admin() {
        return admin;
    }
}
