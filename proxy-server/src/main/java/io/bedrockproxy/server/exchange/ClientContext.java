package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.route.Upstream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client's requests are sent with. Made at start-up from the configuration, never from anything in a request,
 * and carried on the exchange as one object: no later step can mix two clients up.
 *
 * @param credentials the refresher of the client's role or source
 * @param endpoints where each kind of upstream is for this client, with the signing region and service
 * @param elsewhere the same in further regions that an ARN may lead to, by region; there a kind may be missing
 */
public record ClientContext(
        RefreshingCredentials credentials,
        Map<Upstream, Endpoint> endpoints,
        Map<String, Map<Upstream, Endpoint>> elsewhere) {
    /** Copies the maps. */
    public ClientContext {
        Objects.requireNonNull(credentials, "credentials");
        endpoints = Map.copyOf(endpoints);
        elsewhere = Map.copyOf(elsewhere);
    }

    /** Where {@code upstream} is in the home region; every kind is present. */
    Endpoint endpoint(Upstream upstream) {
        return Objects.requireNonNull(endpoints.get(upstream), "endpoint");
    }

    /**
     * Where {@code upstream} is for an ARN of this region: one of the endpoints that were made at start-up, or none.
     *
     * @param arnRegion null: no region, so the home region's is as good as any
     */
    @Nullable
    Endpoint endpoint(Upstream upstream, @Nullable String arnRegion) {
        Endpoint home = endpoint(upstream);
        if (arnRegion == null || arnRegion.equals(home.signingRegion())) {
            return home;
        }
        return elsewhere.getOrDefault(arnRegion, Map.of()).get(upstream);
    }

    /** What a client is told whose ARN leads to no endpoint. */
    Failure wrongRegion(Upstream upstream, String arnRegion) {
        TreeSet<String> regions = new TreeSet<>();
        regions.add(endpoint(upstream).signingRegion());
        elsewhere.forEach((region, kinds) -> {
            if (kinds.containsKey(upstream)) {
                regions.add(region);
            }
        });
        return Failure.of(
                FailureKind.WRONG_REGION,
                "The ARN is of region " + arnRegion + ", which this client may not use (expected: "
                        + String.join(", ", regions) + ").");
    }
}
