package io.bedrockproxy.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.CredentialsRegistry;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.route.Upstream;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.ConfigException;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.MachineLimits;
import io.bedrockproxy.server.exchange.ClientContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each client's requests may go, as the configuration says. */
class ClientsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z"));

    private @Nullable CredentialsRegistry registry;

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private ClientContext context(Map<String, Object> more) throws ConfigException, StartupException {
        Map<String, Object> keys = new HashMap<>(
                Map.of("bedrock.region", "us-east-1", "clients.a.secrets", List.of(Map.of("sha256", "ab".repeat(32)))));
        keys.putAll(more);
        ProxyConfig config = new ConfigLoader(MachineLimits.ofThisProcess(), CLOCK)
                .load("test", keys)
                .config();
        CredentialsRegistry created =
                CredentialsRegistry.create(Clients.credentialsConfig(config), CLOCK, System::nanoTime, () -> 0.5);
        registry = created;
        return requireNonNull(new Clients(config).contexts(created::of).get("a"));
    }

    private static @Nullable String host(@Nullable Map<Upstream, Endpoint> endpoints, Upstream upstream) {
        Endpoint endpoint = requireNonNull(endpoints).get(upstream);
        return endpoint == null ? null : endpoint.host() + ' ' + endpoint.signingRegion() + ' ' + endpoint.service();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNTIME, bedrock-runtime.us-east-1.amazonaws.com us-east-1 bedrock, bedrock-runtime.eu-west-1.amazonaws.com eu-west-1 bedrock",
        "CONTROL_PLANE, bedrock.us-east-1.amazonaws.com us-east-1 bedrock, bedrock.eu-west-1.amazonaws.com eu-west-1 bedrock",
        "MANTLE, bedrock-mantle.us-east-1.api.aws us-east-1 bedrock-mantle, bedrock-mantle.eu-west-1.api.aws eu-west-1 bedrock-mantle",
    })
    void hasEveryEndpointInEveryRegionOfItsOwn(Upstream upstream, String home, String elsewhere) throws Exception {
        ClientContext context = context(Map.of("clients.a.regions", List.of("eu-west-1", "us-gov-west-1")));

        assertThat(host(context.endpoints(), upstream)).isEqualTo(home);
        assertThat(context.elsewhere()).containsOnlyKeys("eu-west-1", "us-gov-west-1");
        assertThat(host(context.elsewhere().get("eu-west-1"), upstream)).isEqualTo(elsewhere);
    }

    @Test
    void takesFipsAndDualStackToOtherRegions() throws Exception {
        ClientContext context = context(
                Map.of("clients.a.regions", List.of("us-west-2"), "bedrock.fips", true, "bedrock.dual-stack", true));

        assertThat(host(context.elsewhere().get("us-west-2"), Upstream.RUNTIME))
                .isEqualTo("bedrock-runtime-fips.us-west-2.api.aws us-west-2 bedrock");
    }

    @Test
    void anEndpointOfTheOperatorsOwnIsOfTheHomeRegionOnly() throws Exception {
        ClientContext context = context(Map.of(
                "clients.a.region", "eu-central-1",
                "clients.a.regions", List.of("us-west-2"),
                "bedrock.endpoint", "https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com",
                "bedrock.mantle-endpoint", "https://mantle.example.internal:8443"));

        assertThat(host(context.endpoints(), Upstream.RUNTIME))
                .isEqualTo("vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com eu-central-1 bedrock");
        assertThat(host(context.endpoints(), Upstream.MANTLE))
                .isEqualTo("mantle.example.internal eu-central-1 bedrock-mantle");
        assertThat(context.elsewhere().get("us-west-2")).containsOnlyKeys(Upstream.CONTROL_PLANE);
    }
}
