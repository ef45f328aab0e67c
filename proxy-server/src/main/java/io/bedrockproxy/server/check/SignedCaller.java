package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.sigv4.PayloadHasher;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SignableRequest;
import io.bedrockproxy.core.sigv4.SignedHeaders;
import io.bedrockproxy.core.sigv4.SigningKeyCache;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs a request as the proxy does, with the same signer and the same path, and sends it. Blocks. */
final class SignedCaller {
    private static final String JSON = "application/json";

    private final EndpointCaller caller;
    private final @Nullable Path trusted;
    private final Duration timeout;
    private final InstantSource clock;

    SignedCaller(EndpointCaller caller, @Nullable Path trusted, Duration timeout, InstantSource clock) {
        this.caller = caller;
        this.trusted = trusted;
        this.timeout = timeout;
        this.clock = clock;
    }

    CallResult call(Endpoint endpoint, Route route, byte[] body, SessionCredentials credentials) {
        PayloadHasher hasher = new PayloadHasher();
        hasher.update(body, 0, body.length);
        SignableRequest request = new SignableRequest(
                route.method(),
                route.path(),
                route.query(),
                List.of(new Header("host", endpoint.authority()), new Header("content-type", JSON)),
                hasher.finish());
        SignedHeaders signed = new SigV4Signer(new SigningKeyCache())
                .sign(request, credentials, endpoint.signingRegion(), endpoint.service(), clock.instant());
        return caller.call(endpoint, trusted, route.path(), timeout, builder -> {
            builder.POST(BodyPublishers.ofByteArray(body));
            builder.setHeader("content-type", JSON).setHeader("accept", JSON);
            signed.forEach(builder::setHeader);
            return builder;
        });
    }
}
