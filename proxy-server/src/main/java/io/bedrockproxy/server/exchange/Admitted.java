package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.auth.Client;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import java.util.List;
import java.util.Objects;

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
 */
record Admitted(
        Client caller,
        ClientContext client,
        Route route,
        Endpoint endpoint,
        List<Header> headers,
        boolean wantsServerSentEvents,
        long contentLength,
        boolean expectsContinue)
        implements Admission.Verdict {
    Admitted {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(endpoint, "endpoint");
        headers = List.copyOf(headers);
    }

    /** The same request to another endpoint. */
    Admitted to(Endpoint other) {
        return new Admitted(
                caller, client, route, other, headers, wantsServerSentEvents, contentLength, expectsContinue);
    }
}
