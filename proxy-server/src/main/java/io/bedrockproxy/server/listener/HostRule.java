package io.bedrockproxy.server.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request may say of the host that it is for: one name with an optional port (RFC 9112 section 3.2). Nothing here
 * follows it, but whoever stands in front of the proxy may, and two readings of one request are one too many.
 */
final class HostRule {
    private HostRule() {}

    /** What is wrong with an HTTP/1 request's host, or null. HTTP/1.0 may have none. */
    static @Nullable String wrongInHttp1(HttpHeaders headers, boolean isHttp11) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (isHttp11 && hosts.isEmpty())) {
            return "The request must have exactly one Host header.";
        }
        return wrongForm(hosts);
    }

    /**
     * What is wrong with an HTTP/2 request's host, or null. Both {@code :authority} and {@code host} have become Host
     * headers; they must agree when both are there (RFC 9113 section 8.3.1).
     */
    static @Nullable String wrongInHttp2(HttpHeaders headers) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return "The request must have an :authority.";
        }
        boolean agree = hosts.size() <= 2 && hosts.stream().allMatch(hosts.get(0)::equalsIgnoreCase);
        return agree ? wrongForm(hosts) : "The request names more than one host.";
    }

    private static @Nullable String wrongForm(List<String> hosts) {
        return hosts.isEmpty() || isHost(hosts.get(0)) ? null : "The Host header is not a host with an optional port.";
    }

    /** No list, no user, no path, nothing beyond ASCII. */
    private static boolean isHost(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isWord && ".-_~:[]%".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
