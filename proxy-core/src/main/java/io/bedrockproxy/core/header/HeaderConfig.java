package io.bedrockproxy.core.header;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which headers travel upstream besides the surface's own.
 *
 * @param forwardHeaders {@code bedrock.forward-headers}, in lower case
 * @param secretHeaders headers that may hold a secret: never forwarded, whatever else is configured
 */
public record HeaderConfig(List<String> forwardHeaders, List<String> secretHeaders) {
    private static final String SECRET = "it may hold a secret";
    private static final String CONNECTION = "it belongs to one connection only";
    private static final String REWRITTEN = "the proxy writes its own";
    private static final String PEER = "it tells AWS who is behind the proxy";

    private static final Map<String, String> NEVER = never();

    /** Copies the lists. */
    public HeaderConfig {
        forwardHeaders = List.copyOf(forwardHeaders);
        secretHeaders = List.copyOf(secretHeaders);
        for (String name : forwardHeaders) {
            String why = secretHeaders.contains(name) ? SECRET : whyNever(name);
            if (why != null) {
                throw new IllegalArgumentException(
                        "forward-headers: " + name + " (expected: a header that may go upstream; " + why + ")");
            }
        }
    }

    /** Why no configuration can let a header through, or null when one can; the name is in lower case. */
    public static @Nullable String whyNever(String name) {
        if (name.startsWith("x-amz-")) {
            return "the signature is the proxy's";
        }
        return name.startsWith("x-forwarded-") ? PEER : NEVER.get(name);
    }

    private static Map<String, String> never() {
        Map<String, String> never = new HashMap<>();
        put(never, SECRET, "authorization", "proxy-authorization", "proxy-authenticate", "cookie");
        put(never, CONNECTION, "connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect");
        put(never, CONNECTION, "transfer-encoding", "content-length", "http2-settings");
        put(never, REWRITTEN, "host", "date", "accept-encoding", "content-encoding");
        put(never, PEER, "forwarded", "via", "x-real-ip");
        return Map.copyOf(never);
    }

    private static void put(Map<String, String> never, String why, String... names) {
        for (String name : names) {
            never.put(name, why);
        }
    }
}
