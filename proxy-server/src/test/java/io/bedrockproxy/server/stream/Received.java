package io.bedrockproxy.server.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response as a client that believes nothing sees it.
 *
 * @param status of the final head
 * @param headers names in lower case
 * @param body what came of it
 * @param isWhole whether it ended as its protocol says that a whole response ends
 */
record Received(int status, Map<String, String> headers, byte[] body, boolean isWhole) {
    /** A header field; empty when it did not come. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The proxy's own failure kind; empty when it was not the proxy who answered. */
    String failure() {
        return header("x-bedrock-proxy-failure");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
