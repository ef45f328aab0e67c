package io.bedrockproxy.server.wire;

import java.util.List;

/**
 * What a client saw of one connection.
 *
 * @param statuses of all responses in their order, interim ones included; with HTTP/2 those of the case's own stream,
 *     which may be reset and then has none
 * @param text everything that came, heads and bodies
 * @param isMalformed whether something came that is no HTTP response
 */
record Observed(List<Integer> statuses, String text, boolean isMalformed) {
    /** The responses that are not interim. */
    List<Integer> finals() {
        return statuses.stream().filter(status -> status >= 200).toList();
    }
}
