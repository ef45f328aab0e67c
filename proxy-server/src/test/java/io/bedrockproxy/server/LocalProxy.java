package io.bedrockproxy.server;

import com.typesafe.config.ConfigUtil;
import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.EmulatorConfig;
import io.bedrockproxy.emulator.EmulatorTls;
import io.bedrockproxy.emulator.LocalCertificates;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.ConfigSource;
import io.bedrockproxy.server.config.load.MachineLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An emulator and the proxy in front of it on free ports, configured by a file as an operator would: the client {@code
 * test} may do everything and has the role {@code test}. A request that brings the client's secret upstream is recorded
 * there as a leak. Close it before a leak check: {@link LeakCheck} runs late enough for {@code @AutoClose}.
 */
public final class LocalProxy implements AutoCloseable {
    public static final String ROLE_ARN = "arn:aws:iam::000000000000:role/test";
    public static final String EXTERNAL_ID = "test-external-id";

    private final Path folder;
    private final Emulator emulator;
    private final ProxyServer server;
    private final String secret;
    private final @Nullable LocalCertificates certificates;

    private LocalProxy(
            Path folder,
            Emulator emulator,
            ProxyServer server,
            String secret,
            @Nullable LocalCertificates certificates) {
        this.folder = folder;
        this.emulator = emulator;
        this.server = server;
        this.secret = secret;
        this.certificates = certificates;
    }

    /** Cleartext on both sides. */
    public static LocalProxy start() {
        return builder().start();
    }

    /** TLS on both sides. */
    public static LocalProxy startTls() {
        return builder().downstreamTls().upstreamTls().start();
    }

    /** Cleartext on both sides until said otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a client is configured with; with TLS the name that the certificate has. */
    public URI endpoint() {
        String host = certificates == null ? "http://127.0.0.1:" : "https://localhost:";
        return URI.create(host + address().getPort());
    }

    /** Where the proxy listens, for tests that speak for themselves. */
    public InetSocketAddress address() {
        return server.endpoint();
    }

    /** {@code http://host:port} of the admin listener. */
    public URI admin() {
        return URI.create("http://127.0.0.1:" + server.admin().getPort());
    }

    /** The bearer secret of the client {@code test}. */
    public String secret() {
        return secret;
    }

    /** What stands for AWS. */
    public Emulator emulator() {
        return emulator;
    }

    /** The running proxy, to drain it. */
    public ProxyServer server() {
        return server;
    }

    /** Where its configuration and certificates are; the configuration is {@code proxy.conf}. */
    public Path folder() {
        return folder;
    }

    /** What a TLS client is to trust; throws on a cleartext listener. */
    public Path caFile() {
        if (certificates == null) {
            throw new IllegalStateException("The listener is cleartext");
        }
        return certificates.caFile();
    }

    /** Stops the proxy at once, then the emulator; returns when no event loop runs any more. */
    @Override
    public void close() {
        server.stopNow();
        emulator.close();
        TemporaryFolder.delete(folder);
    }

    /** A secret of 256 random bits, for further clients. */
    public static String newSecret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** What stands in the configuration for a secret. */
    public static String sha256(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(Path path) {
        return ConfigUtil.quoteString(path.toString());
    }

    /** What differs from the plain case. */
    public static final class Builder {
        private boolean downstreamTls;
        private boolean upstreamTls;
        private UnaryOperator<EmulatorConfig> emulated = UnaryOperator.identity();
        private Consumer<Emulator> prepared = emulator -> {};
        private InstantSource clock = InstantSource.system();
        private String config = "";

        private Builder() {}

        /** The listener speaks TLS. */
        public Builder downstreamTls() {
            downstreamTls = true;
            return this;
        }

        /** Bedrock and STS speak TLS. */
        public Builder upstreamTls() {
            upstreamTls = true;
            return this;
        }

        /** Changes the emulator's configuration. */
        public Builder emulator(UnaryOperator<EmulatorConfig> change) {
            emulated = change;
            return this;
        }

        /** Done to the emulator before the proxy starts: other roles, an STS that is down. */
        public Builder prepared(Consumer<Emulator> preparation) {
            prepared = preparation;
            return this;
        }

        /** The proxy's wall clock. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** HOCON below {@code bedrock-proxy}; wins over what stands there otherwise, for instance further clients. */
        public Builder config(String hocon) {
            config = config + hocon + '\n';
            return this;
        }

        /** Starts both; credentials may still be on their way. */
        public LocalProxy start() {
            Path folder = TemporaryFolder.create();
            EmulatorTls tls = upstreamTls ? EmulatorTls.create(folder.resolve("upstream")) : null;
            LocalCertificates shown = downstreamTls ? LocalCertificates.create(folder.resolve("downstream")) : null;
            Emulator emulator =
                    Emulator.start(emulated.apply(EmulatorConfig.defaults()).withTls(tls));
            try {
                String secret = newSecret();
                emulator.roles(List.of(RoleRule.of(ROLE_ARN, EXTERNAL_ID)));
                emulator.forbidSecret(secret);
                prepared.accept(emulator);
                Path file = Files.writeString(folder.resolve("proxy.conf"), text(emulator, secret, shown));
                ConfigLoader loader = new ConfigLoader(MachineLimits.ofThisProcess(), clock);
                ConfigSource source = new ConfigSource(loader, file, Map.of());
                ProxyServer server = ProxyServer.start(source, source.load(), new RunContext(clock, System::nanoTime));
                return new LocalProxy(folder, emulator, server, secret, shown);
            } catch (IOException | ConfigException | StartupException | RuntimeException e) {
                emulator.close();
                TemporaryFolder.delete(folder);
                throw new IllegalStateException("Cannot start a proxy with: " + config, e);
            }
        }

        private String text(Emulator emulator, String secret, @Nullable LocalCertificates shown) {
            StringBuilder text = new StringBuilder("""
                    listener.port = 0
                    admin.port = 0
                    bedrock { region = us-east-1, endpoint = "%1$s", control-plane-endpoint = "%1$s" }
                    bedrock.mantle-endpoint = "%8$s"
                    sts.endpoint = "%2$s"
                    sources.emulator { access-key-id = "%3$s", secret-access-key = "%4$s" }
                    roles.test { role-arn = "%5$s", external-id = "%6$s", session-policy = none, source = emulator }
                    clients.test { role = test, operations = ["*"], secrets = [ { sha256 = %7$s } ] }
                    timeouts { drain-grace = 0s, drain = 5s }
                    """.formatted(
                            emulator.bedrockEndpoint(),
                            emulator.stsEndpoint(),
                            emulator.accessKeyId(),
                            emulator.secretAccessKey(),
                            ROLE_ARN,
                            EXTERNAL_ID,
                            sha256(secret),
                            emulator.mantleEndpoint()));
            if (shown != null) {
                text.append("listener.tls { certificate = %s, private-key = %s }\n"
                        .formatted(quoted(shown.certificateFile()), quoted(shown.privateKeyFile())));
            }
            Path ca = emulator.caFile();
            if (ca != null) {
                text.append(
                        "bedrock.trusted-certificates = %1$s\nsts.trusted-certificates = %1$s\n".formatted(quoted(ca)));
            }
            return "bedrock-proxy {\n" + text + config + "}\n";
        }
    }
}
