package io.bedrockproxy.emulator;

import io.bedrockproxy.emulator.bedrock.BedrockService;
import io.bedrockproxy.emulator.bedrock.Refusals;
import io.bedrockproxy.emulator.http.HttpListener;
import io.bedrockproxy.emulator.http.SecretScanner;
import io.bedrockproxy.emulator.http.ServerContext;
import io.bedrockproxy.emulator.recording.Recorder;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.KeyRing;
import io.bedrockproxy.emulator.signature.SignatureVerifier;
import io.bedrockproxy.emulator.sts.CredentialIssuer;
import io.bedrockproxy.emulator.sts.Outages;
import io.bedrockproxy.emulator.sts.RoleRule;
import io.bedrockproxy.emulator.sts.Roles;
import io.bedrockproxy.emulator.sts.Sessions;
import io.bedrockproxy.emulator.sts.StsMode;
import io.bedrockproxy.emulator.sts.StsService;
import io.bedrockproxy.emulator.sts.WebIdentities;
import io.bedrockproxy.emulator.sts.WebIdentity;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Bedrock runtime and an STS on loopback that verify signatures as AWS does. All methods may be called from any
 * thread while it runs.
 */
public final class Emulator implements AutoCloseable {
    /** The access key id of the fixed source key. */
    public static final String ACCESS_KEY_ID = "AKIAEMULATOR00000000";

    /** The secret half of the fixed source key; it opens nothing but emulators. */
    public static final String SECRET_ACCESS_KEY = "emulator/secret/key/that/opens/nothing00";

    /** Whose key that is. */
    public static final String USER_ARN = "arn:aws:iam::000000000000:user/emulator";

    private static final int THREADS = 2;
    /** AWS takes 25,000,000 bytes; a little more, so that the limit that is tested is not this one. */
    private static final int MAX_BODY_BYTES = 26 * 1024 * 1024 + 1024;

    private static final Duration BEDROCK_WINDOW = Duration.ofMinutes(5);
    private static final Duration STS_WINDOW = Duration.ofMinutes(15);

    private final EmulatorConfig config;
    private final EventLoopGroup group;
    private final SecretScanner scanner = new SecretScanner();
    private final KeyRing keys = new KeyRing();
    private final SkewedClock clock;
    private final Recorder recorder;
    private final Roles roles = new Roles();
    private final WebIdentities webIdentities = new WebIdentities();
    private final Outages outages = new Outages();
    private final Refusals refusals = new Refusals();
    private final HttpListener bedrockListener;
    private final HttpListener mantleListener;
    private final HttpListener stsListener;

    private Emulator(EmulatorConfig config, EventLoopGroup group) {
        this.config = config;
        this.group = group;
        SecureRandom random = new SecureRandom();
        clock = new SkewedClock(config.clock());
        recorder = new Recorder(config.recorded(), config.nanos());
        addKey(AccessKey.longLived(ACCESS_KEY_ID, SECRET_ACCESS_KEY, USER_ARN));
        CredentialIssuer issuer = new CredentialIssuer(keys, config.credentialLife(), random);
        Sessions sessions = new Sessions(roles, webIdentities, issuer);
        SignatureVerifier stsVerifier = new SignatureVerifier(keys, "sts", config.regions(), STS_WINDOW);
        StsService sts = new StsService(stsVerifier, sessions, outages, recorder, clock, random);
        SignatureVerifier bedrockVerifier = new SignatureVerifier(keys, "bedrock", config.regions(), BEDROCK_WINDOW);
        BedrockService bedrock = BedrockService.bedrock(
                bedrockVerifier, roles::permissions, refusals, recorder, clock, config.pace(), random);
        SignatureVerifier mantleVerifier =
                new SignatureVerifier(keys, "bedrock-mantle", config.regions(), BEDROCK_WINDOW);
        BedrockService mantle = BedrockService.mantle(
                mantleVerifier, roles::permissions, refusals, recorder, clock, config.pace(), random);
        SslContext tls = config.tls() == null ? null : config.tls().context();
        bedrockListener = HttpListener.bind(
                group, config.bedrock(), new ServerContext(bedrock, scanner, MAX_BODY_BYTES, config.nanos(), tls));
        mantleListener = HttpListener.bind(
                group,
                new InetSocketAddress(config.bedrock().getAddress(), 0),
                new ServerContext(mantle, scanner, MAX_BODY_BYTES, config.nanos(), tls));
        stsListener = HttpListener.bind(
                group, config.sts(), new ServerContext(sts, scanner, MAX_BODY_BYTES, config.nanos(), tls));
    }

    /** Starts both sides; throws when a port cannot be bound. */
    public static Emulator start(EmulatorConfig config) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                THREADS, new DefaultThreadFactory("emulator", true), NioIoHandler.newFactory());
        try {
            return new Emulator(config, group);
        } catch (RuntimeException e) {
            stop(group);
            throw e;
        }
    }

    /** The Bedrock side's endpoint. */
    public URI bedrockEndpoint() {
        return endpoint(bedrockListener.address());
    }

    /** The endpoint of bedrock-mantle, on any free port beside the Bedrock side's. */
    public URI mantleEndpoint() {
        return endpoint(mantleListener.address());
    }

    /** The STS side's endpoint. */
    public URI stsEndpoint() {
        return endpoint(stsListener.address());
    }

    private URI endpoint(InetSocketAddress address) {
        // The name that the certificate has; without TLS the address, which needs no resolver.
        String host = config.tls() == null ? address.getAddress().getHostAddress() : "localhost";
        String scheme = config.tls() == null ? "http://" : "https://";
        return URI.create(scheme + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort());
    }

    /** The certificate authority to trust; null without TLS. */
    public @Nullable Path caFile() {
        EmulatorTls tls = config.tls();
        return tls == null ? null : tls.certificates().caFile();
    }

    /** The source key's id, which may assume roles and call Bedrock. */
    public String accessKeyId() {
        return ACCESS_KEY_ID;
    }

    /** The source key's secret. */
    public String secretAccessKey() {
        return SECRET_ACCESS_KEY;
    }

    /** What arrived. */
    public Recorder recorder() {
        return recorder;
    }

    /** A request that holds {@code secret} anywhere is from now on answered 400 and recorded as a leak. */
    public void forbidSecret(String secret) {
        scanner.forbid(secret);
    }

    /** From the next STS call on it behaves so, except about roles with a mode of their own. */
    public void stsMode(StsMode mode) {
        outages.all(mode);
    }

    /** From the next STS call about this role on it behaves so; null: as towards everybody. */
    public void stsMode(String roleArn, @Nullable StsMode mode) {
        outages.role(roleArn, mode);
    }

    /** From the next STS call on answers come so late. */
    public void stsDelay(Duration silence) {
        outages.delay(silence);
    }

    /** From now on this key is known, as a further user's or a session's. */
    public void addKey(AccessKey key) {
        keys.add(key, clock.instant());
    }

    /** From now on this key is unknown. */
    public void removeKey(String accessKeyId) {
        keys.remove(accessKeyId);
    }

    /** From now on AssumeRoleWithWebIdentity takes this token. */
    public void addWebIdentity(WebIdentity identity) {
        webIdentities.add(identity);
    }

    /** These roles exist and no others; before the first call every role exists and trusts everybody. */
    public void roles(Collection<RoleRule> rules) {
        roles.replace(rules);
    }

    /** Puts the clock of both sides ahead (negative: back): dates, signature windows, expirations. */
    public void clockSkew(Duration ahead) {
        clock.skew(ahead);
    }

    /** All credentials issued so far expire now, whatever their Expiration said. */
    public void expireIssuedCredentials() {
        keys.expireSessions(clock.instant());
    }

    /** The credentials of this id expire now, whatever their Expiration said. */
    public void expireCredentials(String accessKeyId) {
        keys.expire(accessKeyId, clock.instant());
    }

    /** The next {@code count} requests to the Bedrock side are answered with this error, such as RequestExpired. */
    public void refuseNext(int count, String exception) {
        refusals.next(count, exception);
    }

    /** How many connections the Bedrock side has. */
    public int openConnections() {
        return bedrockListener.openConnections();
    }

    /** Closes all connections of the Bedrock side; the port stays open. */
    public void dropConnections() {
        bedrockListener.dropConnections();
    }

    /** Stops both sides and closes their connections. */
    @Override
    public void close() {
        stsListener.close();
        mantleListener.close();
        bedrockListener.close();
        stop(group);
    }

    private static void stop(EventLoopGroup group) {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
