package io.bedrockproxy.core.credentials;

import io.bedrockproxy.core.endpoint.EndpointConfig;
import io.bedrockproxy.core.endpoint.Endpoints;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.services.sts.StsClient;

/** Sources of the real AWS. Roles share STS clients, and share what the SDK found for the same source. */
final class AwsSources implements Sources {
    private final CredentialsConfig config;
    private final InstantSource clock;
    private final Endpoints endpoints;
    private final StsClients clients;
    private final Map<SourceConfig, CredentialsSource> bases = new HashMap<>();

    /** Reads the trusted certificates, and nothing else, before the first fetch. */
    AwsSources(CredentialsConfig config, InstantSource clock) {
        this(config, clock, StsClients.CALL_TIMEOUT);
    }

    /** As above, with another limit for each call to STS. */
    AwsSources(CredentialsConfig config, InstantSource clock, Duration callTimeout) {
        this.config = config;
        this.clock = clock;
        this.endpoints = new Endpoints(new EndpointConfig(config.fips(), config.dualStack(), null, null, null));
        this.clients = new StsClients(trust(config.trustedCertificates()), callTimeout);
    }

    @Override
    public CredentialsSource open(CredentialsKey key, @Nullable RefreshingCredentials before) {
        CredentialsSource base = before == null ? base(key.source()) : new RoleSessionSource(before);
        AssumedRole role = key.role();
        if (role == null) {
            return base;
        }
        return assume(role, base, !(key.source() instanceof SourceConfig.Static));
    }

    /** @param isRenewable whether {@code base} may have other credentials the next time it is asked */
    CredentialsSource assume(AssumedRole role, CredentialsSource base, boolean isRenewable) {
        return new AssumeRoleSource(role, base, stsOf(role), new StsErrors(role.roleArn(), isRenewable, clock));
    }

    @Override
    public synchronized void close() {
        clients.close();
    }

    private synchronized CredentialsSource base(SourceConfig source) {
        return bases.computeIfAbsent(source, this::open);
    }

    private CredentialsSource open(SourceConfig source) {
        if (source instanceof SourceConfig.Static keys) {
            return new StaticSource(keys);
        }
        if (source instanceof SourceConfig.KeysFile keys) {
            return new KeysFileSource(keys.path());
        }
        if (source instanceof SourceConfig.ProfileNamed named) {
            return DefaultChainSource.profile(named.profile(), clock);
        }
        return DefaultChainSource.chain(clock);
    }

    /** The STS of a region, or another one instead; made when it is first asked for. */
    Supplier<StsClient> sts(String region, @Nullable URI endpoint) {
        return clients.at(endpoints.sts(region, endpoint));
    }

    private List<Supplier<StsClient>> stsOf(AssumedRole role) {
        List<Supplier<StsClient>> sts = new ArrayList<>();
        sts.add(sts(role.stsRegion(), role.stsEndpoint()));
        for (String region : config.fallbackRegions()) {
            if (!region.equals(role.stsRegion())) {
                sts.add(sts(region, null));
            }
        }
        return sts;
    }

    private static @Nullable TlsTrustManagersProvider trust(@Nullable Path pem) {
        if (pem == null) {
            return null;
        }
        TrustManager[] managers = TrustedCertificates.read(pem);
        return () -> managers;
    }
}
