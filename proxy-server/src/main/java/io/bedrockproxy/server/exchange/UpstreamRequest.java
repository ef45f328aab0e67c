package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.endpoint.Endpoint;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.route.Route;
import io.bedrockproxy.core.sigv4.PayloadHash;
import io.bedrockproxy.core.sigv4.SigV4Signer;
import io.bedrockproxy.core.sigv4.SignableRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds the head that goes upstream. What is signed and what is sent are made from the same values, here. */
final class UpstreamRequest {
    private static final String IDENTITY = "identity";

    /** What CloudTrail shows; the client's own says nothing about who signed. Never signed: intermediaries touch it. */
    private static final String USER_AGENT = "bedrock-sigv4-proxy";

    private UpstreamRequest() {}

    static HttpRequest sign(
            SigV4Signer signer,
            Admitted admitted,
            PayloadHash payloadHash,
            long contentLength,
            SessionCredentials credentials,
            Instant now) {
        Route route = admitted.route();
        Endpoint endpoint = admitted.endpoint();
        String target = route.query().isEmpty() ? route.path() : route.path() + '?' + route.query();
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(route.method()), target);
        HttpHeaders headers = request.headers();
        headers.set(HttpHeaderNames.HOST, endpoint.authority());
        for (Header header : admitted.headers()) {
            headers.add(header.name(), header.value());
        }
        // Compressed answers would have to be buffered somewhere on their way; events are to arrive as they are made.
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, IDENTITY);
        if (!headers.contains(HttpHeaderNames.USER_AGENT)) {
            headers.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        }
        if (contentLength > 0 || route.method().equals("POST")) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, contentLength);
        }
        signer.sign(signable(admitted, payloadHash), credentials, endpoint.signingRegion(), endpoint.service(), now)
                .forEach(headers::set);
        return request;
    }

    /** The part of it that is signed: the same each time it is asked for. */
    static SignableRequest signable(Admitted admitted, PayloadHash payloadHash) {
        List<Header> signed = new ArrayList<>(4);
        signed.add(new Header("host", admitted.endpoint().authority()));
        for (Header header : admitted.headers()) {
            if (isSigned(header.name())) {
                signed.add(header);
            }
        }
        Route route = admitted.route();
        return new SignableRequest(route.method(), route.path(), route.query(), signed, payloadHash);
    }

    /** Fewer is safer: whatever an intermediary may touch stays unsigned. */
    private static boolean isSigned(String name) {
        return name.equals("content-type") || name.startsWith("x-amzn-bedrock-");
    }
}
