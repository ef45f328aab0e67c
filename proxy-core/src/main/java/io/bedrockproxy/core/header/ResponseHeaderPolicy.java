package io.bedrockproxy.core.header;

import io.bedrockproxy.core.http.HeaderView;
import io.bedrockproxy.core.http.HopByHopHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Everything travels back but what belongs to the upstream connection (its framing, what its {@code Connection}
 * nominates, where else its host can be reached) and the mark by which people know the proxy's own failures. Immutable and safe from any thread.
 */
public final class ResponseHeaderPolicy {
    /**
     * The downstream has framing of its own; {@code Alt-Svc} would send the client past the proxy (RFC 7838); a cookie
     * would be a balancer's, for one client, on a connection that all clients share.
     */
    private static final Set<String> DROPPED =
            Set.of("content-length", "alt-svc", "set-cookie", "x-bedrock-proxy-failure");

    /** Stateless. */
    public ResponseHeaderPolicy() {}

    /** Gives each header that travels back to {@code sink}. */
    public void copy(HeaderView received, BiConsumer<String, String> sink) {
        Set<String> hopByHop = HopByHopHeaders.with(received.all("connection"));
        received.forEach((anyCase, value) -> {
            String name = anyCase.toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name) && !DROPPED.contains(name)) {
                sink.accept(name, value);
            }
        });
    }
}
