package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.failure.ErrorShape;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.sigv4.PayloadHash;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head has passed: everything that later steps need to know of it.
 *
 * @param caller whose rules it is judged by
 * @param client what it is sent with
 * @param route what it is for
 * @param endpoint where it goes
 * @param headers what travels upstream, names in lower case, each once
 * @param wantsServerSentEvents whether an event stream is to be rewritten for this client
 * @param contentLength as announced; 0 when it was not
 * @param expectsContinue whether the client waits for an interim response before it sends the body
 * @param signedBody the hash that the body has to have, as the client has signed it; null when there is none to compare
 */
record Admitted(
        Client caller,
        ClientContext client,
        Route route,
        Endpoint endpoint,
        List<Header> headers,
        boolean wantsServerSentEvents,
        long contentLength,
        boolean expectsContinue,
        @Nullable PayloadHash signedBody)
        implements Admission.Passed {
    Admitted {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(endpoint, "endpoint");
        headers = List.copyOf(headers);
    }

    @Override
    public boolean takesBody() {
        return route.hasBody();
    }

    @Override
    public @Nullable String modelKey() {
        return route.modelKey();
    }

    @Override
    public ErrorShape errorShape() {
        return route.surface().errorShape();
    }

    /** The same request to another endpoint. */
    Admitted to(Endpoint other) {
        return new Admitted(
                caller,
                client,
                route,
                other,
                headers,
                wantsServerSentEvents,
                contentLength,
                expectsContinue,
                signedBody);
    }
}
