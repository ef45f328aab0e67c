package io.bedrockproxy.core.header;

import io.bedrockproxy.core.auth.PresentedSecret;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.Header;
import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.http.HopByHopHeaders;
import io.bedrockproxy.core.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An allow-list: what is not on it does not travel, so that no list of evil names has to be complete. What is on it must
 * be there once and in visible ASCII, because what we sign has to be what AWS reads. Immutable and safe from any thread.
 */
public final class RequestHeaderPolicy {
    private static final String ACCEPT = "accept";
    private static final String CONTENT_TYPE = "content-type";
    private static final String BEDROCK_PREFIX = "x-amzn-bedrock-";

    private final HeaderConfig config;

    /** With the operator's additions. */
    public RequestHeaderPolicy(HeaderConfig config) {
        this.config = config;
    }

    /** Chooses and checks the headers of one request. */
    public ForwardedHeaders apply(HeaderView received, Route route, PresentedSecret secret) {
        Set<String> hopByHop = HopByHopHeaders.with(received.all("connection"));
        Chosen chosen = new Chosen(secret);
        received.forEach((anyCase, value) -> {
            String name = anyCase.toLowerCase(Locale.ROOT);
            if (mayTravel(name, route) && !hopByHop.contains(name)) {
                chosen.add(name, value);
            }
        });
        if (chosen.wrong != null) {
            return new ForwardedHeaders.Refused(Failure.of(FailureKind.BAD_REQUEST, chosen.wrong));
        }
        AcceptedTypes accepted = AcceptedTypes.of(chosen.headers.get(ACCEPT));
        Failure noStream = accepted.refuse(route);
        if (noStream != null) {
            return new ForwardedHeaders.Refused(noStream);
        }
        boolean events = route.isEventStream() && accepted.wantServerSentEvents();
        if (events) {
            chosen.headers.put(ACCEPT, new Header(ACCEPT, AcceptedTypes.EVENT_STREAM));
        }
        return new ForwardedHeaders.Passed(List.copyOf(chosen.headers.values()), events);
    }

    private boolean mayTravel(String name, Route route) {
        boolean isListed = name.startsWith(BEDROCK_PREFIX)
                || name.equals(CONTENT_TYPE)
                || name.equals(ACCEPT)
                || route.surface().extraHeaders().contains(name)
                || config.forwardHeaders().contains(name);
        return isListed && !config.secretHeaders().contains(name);
    }

    /** What travels so far, and the first thing that is wrong with it. */
    private static final class Chosen {
        final PresentedSecret secret;
        final Map<String, Header> headers = new LinkedHashMap<>();

        @Nullable
        String wrong;

        Chosen(PresentedSecret secret) {
            this.secret = secret;
        }

        void add(String name, String value) {
            boolean isRepeated = headers.put(name, new Header(name, value)) != null;
            if (wrong != null) {
                return;
            }
            if (secret.isInName(name)) {
                wrong = "The name of a header holds the secret.";
            } else if (isRepeated) {
                wrong = "The header " + name + " is there more than once.";
            } else if (!isVisibleAscii(value)) {
                wrong = "The header " + name + " holds other characters than visible ASCII.";
            } else if (secret.isIn(value)) {
                wrong = "The header " + name + " holds the secret.";
            }
        }

        private static boolean isVisibleAscii(String value) {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) < ' ' || value.charAt(i) >= 0x7f) {
                    return false;
                }
            }
            return true;
        }
    }
}
