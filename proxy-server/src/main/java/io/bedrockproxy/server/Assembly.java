package io.bedrockproxy.server;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.header.ResponseHeaderPolicy;
import io.bedrockproxy.core.sigv4.CorrectedClock;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SigningKeyCache;
import io.bedrockproxy.core.telemetry.AccessLog;
import io.bedrockproxy.server.admin.AdminServer;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.BodyBudget;
import io.bedrockproxy.server.exchange.ExchangeConfig;
import io.bedrockproxy.server.exchange.ExchangeServices;
import io.bedrockproxy.server.exchange.OpenExchanges;
import io.bedrockproxy.server.exchange.SignatureRefusals;
import io.bedrockproxy.server.listener.Listener;
import io.bedrockproxy.server.listener.ListenerConfig;
import io.bedrockproxy.server.listener.Transport;
import io.bedrockproxy.server.relay.RelayConfig;
import io.bedrockproxy.server.upstream.UpstreamConfig;
import io.bedrockproxy.server.upstream.UpstreamConnector;
import io.bedrockproxy.server.upstream.UpstreamPool;
import io.bedrockproxy.server.upstream.UpstreamTls;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The composition root: makes every long-lived object, in order, and hands each what it needs. No container. */
final class Assembly {
    private final ProxyConfig config;
    private final Transport transport;
    private final EventLoopGroup eventLoops;
    private final CredentialsRegistry credentials;
    private final OpenExchanges open = new OpenExchanges();
    private final Listener listener;
    private final AdminServer admin;
    private final ReadinessProbe readiness;

    private Assembly(
            ProxyConfig config,
            RunContext context,
            SignatureRefusals refusals,
            Transport transport,
            EventLoopGroup eventLoops,
            Wiring wiring)
            throws StartupException {
        this.config = config;
        this.transport = transport;
        this.eventLoops = eventLoops;
        this.credentials = wiring.credentials();
        this.readiness = new ReadinessProbe(wiring.credentials());
        Map<EventLoop, ExchangeServices> services = services(context, refusals, wiring);
        this.admin = bindAdmin();
        try {
            this.listener = bindListener(loop -> Objects.requireNonNull(services.get(loop)), context);
        } catch (StartupException e) {
            admin.close();
            throw e;
        }
    }

    private AdminServer bindAdmin() throws StartupException {
        InetSocketAddress address = ConfigMapping.adminAddress(config);
        try {
            return AdminServer.bind(address, transport.serverType(), eventLoops, readiness::now);
        } catch (BindException e) {
            throw BindFailure.of("admin", address, e);
        }
    }

    private Listener bindListener(Function<EventLoop, ExchangeServices> services, RunContext context)
            throws StartupException {
        ListenerConfig listening = ConfigMapping.listener(config);
        try {
            return Listener.bind(listening, transport, eventLoops, services, context.clock());
        } catch (BindException e) {
            throw BindFailure.of("listener", listening.address(), e);
        } catch (IOException e) {
            throw StartupException.at("listener.tls", reason(e), "a certificate and its private key", e);
        }
    }

    /** @throws StartupException when something cannot be used as configured; then nothing is left running */
    static Assembly build(ProxyConfig config, RunContext outside) throws StartupException {
        ReservedKeys.refuse(config);
        CorrectedClock clock = new CorrectedClock(outside.clock());
        RunContext context = new RunContext(clock, outside.nanos());
        SignatureRefusals refusals = new SignatureRefusals(clock, outside.nanos());
        Wiring wiring = Wiring.of(config, context);
        Transport transport = Transport.best();
        EventLoopGroup eventLoops = transport.newEventLoops(Runtime.getRuntime().availableProcessors());
        try {
            Assembly assembly = new Assembly(config, context, refusals, transport, eventLoops, wiring);
            wiring.credentials().start();
            return assembly;
        } catch (StartupException e) {
            wiring.credentials().close();
            eventLoops.shutdownGracefully();
            throw e;
        }
    }

    /** One set per event loop: what is in it is used by that loop's thread only, or safe to share. */
    private Map<EventLoop, ExchangeServices> services(RunContext context, SignatureRefusals refusals, Wiring wiring)
            throws StartupException {
        UpstreamConfig upstream = ConfigMapping.upstream(config);
        UpstreamConnector connector = new UpstreamConnector(
                upstream,
                upstreamTls(upstream),
                transport.socketType(),
                new DnsAddressResolverGroup(
                        new DnsNameResolverBuilder().datagramChannelType(transport.datagramType())));
        ExchangeConfig exchange = ConfigMapping.exchange(config);
        BodyBudget budget = new BodyBudget(config.limits().bufferedBodiesBytes());
        RelayConfig relay = ConfigMapping.relay(config);
        AccessLog accessLog = new AccessLog();
        ResponseHeaderPolicy responseHeaders = new ResponseHeaderPolicy();
        Map<EventLoop, ExchangeServices> services = new HashMap<>();
        for (EventExecutor executor : eventLoops) {
            EventLoop loop = (EventLoop) executor;
            services.put(
                    loop,
                    new ExchangeServices(
                            wiring.admission(),
                            new SigV4Signer(new SigningKeyCache()),
                            refusals,
                            new UpstreamPool(loop, connector, upstream),
                            budget,
                            open,
                            exchange,
                            relay,
                            responseHeaders,
                            accessLog,
                            context.clock(),
                            context.nanos()));
        }
        return services;
    }

    private static UpstreamTls upstreamTls(UpstreamConfig upstream) throws StartupException {
        try {
            return UpstreamTls.create(upstream);
        } catch (IOException e) {
            throw StartupException.at("bedrock.trusted-certificates", reason(e), "a PEM file of certificates", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Not ready from this moment; completes when nothing is open any more. */
    CompletableFuture<Void> beginDrain() {
        readiness.drain();
        return new Drain(
                        listener,
                        open,
                        config.timeouts().drainGrace(),
                        config.timeouts().drain(),
                        eventLoops.next())
                .start();
    }

    Transport transport() {
        return transport;
    }

    EventLoopGroup eventLoops() {
        return eventLoops;
    }

    CredentialsRegistry credentials() {
        return credentials;
    }

    Listener listener() {
        return listener;
    }

    AdminServer admin() {
        return admin;
    }
}
