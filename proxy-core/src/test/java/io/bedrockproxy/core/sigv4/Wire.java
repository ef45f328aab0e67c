package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.auth.AuthDecision;
import io.bedrockproxy.core.auth.Authenticator;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderList;
import java.time.Instant;
import java.util.List;

/** One signed request as it arrives. */
record Wire(String method, String target, List<Header> headers, byte[] body) {
    static final String HASH = "x-amz-content-sha256";

    Wire {
        headers = List.copyOf(headers);
    }

    Wire withMethod(String other) {
        return new Wire(other, target, headers, body);
    }

    Wire withTarget(String other) {
        return new Wire(method, other, headers, body);
    }

    Wire withHeaders(List<Header> others) {
        return new Wire(method, target, others, body);
    }

    Wire withBody(byte[] other) {
        return new Wire(method, target, headers, other);
    }

    /** What is said about the head. */
    AuthDecision decidedBy(Authenticator authenticator, Instant now) {
        return authenticator.authenticate(method, target, new HeaderList(headers), now);
    }

    /** The last word, when the body is there too. */
    boolean isGrantedBy(Authenticator authenticator, Instant now) {
        AuthDecision decision = decidedBy(authenticator, now);
        PayloadHasher hasher = new PayloadHasher();
        hasher.update(body, 0, body.length);
        PayloadHash hash = hasher.finish();
        if (decision instanceof AuthDecision.Unproven unproven) {
            decision = unproven.signature().prove(hash);
        }
        return decision instanceof AuthDecision.Granted granted
                && (granted.signedBody() == null || granted.signedBody().equals(hash));
    }
}
