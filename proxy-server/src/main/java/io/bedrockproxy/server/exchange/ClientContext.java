package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.RefreshingCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.route.Upstream;
import java.util.Map;
import java.util.Objects;

/**
 * What a client's requests are sent with. Made at start-up from the configuration, never from anything in a request,
 * and carried on the exchange as one object: no later step can mix two clients up.
 *
 * @param credentials the refresher of the client's role or source
 * @param endpoints where each kind of upstream is for this client, with the signing region and service
 */
public record ClientContext(RefreshingCredentials credentials, Map<Upstream, Endpoint> endpoints) {
    /** Copies the map. */
    public ClientContext {
        Objects.requireNonNull(credentials, "credentials");
        endpoints = Map.copyOf(endpoints);
    }

    /** Where {@code upstream} is; every kind is present. */
    Endpoint endpoint(Upstream upstream) {
        return Objects.requireNonNull(endpoints.get(upstream), "endpoint");
    }
}
