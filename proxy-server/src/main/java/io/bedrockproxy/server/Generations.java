package io.bedrockproxy.server;

import io.bedrockproxy.core.auth.AuthenticationPenalty;
import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.header.ResponseHeaderPolicy;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SigningKeyCache;
import io.bedrockproxy.core.telemetry.AccessLog;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.exchange.BodyBudget;
import io.bedrockproxy.server.exchange.ExchangeConfig;
import io.bedrockproxy.server.exchange.ExchangeServices;
import io.bedrockproxy.server.exchange.FailedAttempts;
import io.bedrockproxy.server.exchange.OpenExchanges;
import io.bedrockproxy.server.exchange.SignatureRefusals;
import io.bedrockproxy.server.listener.Accepting;
import io.bedrockproxy.server.listener.Transport;
import io.bedrockproxy.server.relay.RelayConfig;
import io.bedrockproxy.server.reload.FileContents;
import io.bedrockproxy.server.upstream.NameResolution;
import io.bedrockproxy.server.upstream.UpstreamConfig;
import io.bedrockproxy.server.upstream.UpstreamConnector;
import io.bedrockproxy.server.upstream.UpstreamPool;
import io.bedrockproxy.server.upstream.UpstreamTls;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes generations. What a new configuration leaves as it is, is taken over from the generation before: credentials, so
 * that nobody waits for STS; connections to the upstream; the private key in memory.
 */
final class Generations {
    private final RunContext context;
    private final SignatureRefusals refusals;
    private final Transport transport;
    private final DnsAddressResolverGroup resolver;
    private final OpenExchanges open;
    private final FailedAttempts failed;
    private final AccessLog accessLog = new AccessLog();
    private final ResponseHeaderPolicy responseHeaders = new ResponseHeaderPolicy();
    /** They keep signing keys, which follow from credentials and not from the configuration. */
    private final Map<EventLoop, SigV4Signer> signers = new HashMap<>();

    Generations(
            RunContext context,
            SignatureRefusals refusals,
            Transport transport,
            EventLoopGroup eventLoops,
            OpenExchanges open) {
        this.context = context;
        this.refusals = refusals;
        this.transport = transport;
        this.open = open;
        this.failed = new FailedAttempts(new AuthenticationPenalty(context.nanos(), new SecureRandom()));
        this.resolver = NameResolution.create(transport.datagramType(), transport.socketType());
        for (EventExecutor executor : eventLoops) {
            signers.put((EventLoop) executor, new SigV4Signer(new SigningKeyCache()));
        }
    }

    /**
     * Reads certificates, and opens no connection: not on an event loop.
     *
     * @param before what runs; null at the start
     * @throws StartupException when something cannot be used as configured; then nothing is left over
     */
    Generation make(@Nullable Generation before, ProxyConfig config, FileContents contents) throws StartupException {
        Wiring kept = before != null && isSameSts(before, config, contents) ? before.wiring() : null;
        Wiring wiring = Wiring.of(config, kept, context);
        try {
            return new Generation(
                    config,
                    contents,
                    wiring,
                    accepting(before, config, contents),
                    services(before, wiring, config, contents));
        } catch (StartupException | RuntimeException e) {
            forget(wiring, before);
            throw e;
        }
    }

    /** Undoes what making {@code wiring} did to the credentials of the generation that goes on. */
    static void forget(Wiring wiring, @Nullable Generation before) {
        CredentialsRegistry registry = wiring.credentials();
        if (before != null && before.wiring().credentials().equals(registry)) {
            registry.retain(before.wiring().keys());
        } else {
            registry.close();
        }
    }

    private static Accepting accepting(@Nullable Generation before, ProxyConfig config, FileContents contents)
            throws StartupException {
        if (before != null && tls(before.config(), before.contents()).equals(tls(config, contents))) {
            return new Accepting(
                    ConfigMapping.listener(config), before.accepting().tls());
        }
        return accepting(config);
    }

    static Accepting accepting(ProxyConfig config) throws StartupException {
        try {
            return Accepting.of(ConfigMapping.listener(config));
        } catch (IOException e) {
            throw StartupException.at("listener.tls", reason(e), "a certificate and its private key", e);
        }
    }

    /** One set per event loop: what is in it is used by that loop's thread only, or safe to share. */
    private Map<EventLoop, ExchangeServices> services(
            @Nullable Generation before, Wiring wiring, ProxyConfig config, FileContents contents)
            throws StartupException {
        UpstreamConfig upstream = ConfigMapping.upstream(config);
        boolean sameUpstream =
                before != null && upstream(before.config(), before.contents()).equals(upstream(config, contents));
        UpstreamConnector connector = sameUpstream
                ? null
                : new UpstreamConnector(upstream, upstreamTls(upstream), transport.socketType(), resolver);
        ExchangeConfig exchange = ConfigMapping.exchange(config);
        RelayConfig relay = ConfigMapping.relay(config);
        long maxBytes = config.limits().bufferedBodiesBytes();
        BodyBudget budget = before == null
                ? new BodyBudget(maxBytes)
                : anyOf(before).budget().withMaxBytes(maxBytes);
        Map<EventLoop, ExchangeServices> services = new HashMap<>();
        signers.forEach((loop, signer) -> services.put(
                loop,
                new ExchangeServices(
                        wiring.admission(),
                        failed,
                        signer,
                        refusals,
                        connector == null
                                ? Objects.requireNonNull(before)
                                        .servicesOf(loop)
                                        .pool()
                                : new UpstreamPool(loop, connector, upstream),
                        budget,
                        open,
                        exchange,
                        relay,
                        responseHeaders,
                        accessLog,
                        context.clock(),
                        context.nanos())));
        return services;
    }

    private static ExchangeServices anyOf(Generation generation) {
        return generation.services().values().iterator().next();
    }

    static UpstreamTls upstreamTls(UpstreamConfig upstream) throws StartupException {
        try {
            return UpstreamTls.create(upstream);
        } catch (IOException e) {
            throw StartupException.at("bedrock.trusted-certificates", reason(e), "a PEM file of certificates", e);
        }
    }

    private static List<Object> tls(ProxyConfig config, FileContents contents) {
        var files = config.listener().tls();
        return files == null
                ? List.of()
                : List.of(
                        contents.print(files.certificate(), files.privateKey(), files.clientCa()),
                        config.timeouts().tls());
    }

    private static List<Object> upstream(ProxyConfig config, FileContents contents) {
        return List.of(
                ConfigMapping.upstream(config), contents.print(config.bedrock().trustedCertificates()));
    }

    private static boolean isSameSts(Generation before, ProxyConfig config, FileContents contents) {
        try {
            return sts(before.config(), before.contents()).equals(sts(config, contents));
        } catch (IllegalArgumentException e) {
            // Wiring finds the same, and says it as an operator needs it.
            return false;
        }
    }

    private static List<Object> sts(ProxyConfig config, FileContents contents) {
        return List.of(
                Clients.credentialsConfig(config), contents.print(config.sts().trustedCertificates()));
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
