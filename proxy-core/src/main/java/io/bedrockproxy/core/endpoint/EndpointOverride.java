package io.bedrockproxy.core.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Checks an endpoint that an operator wrote: {@code https} anywhere, {@code http} only towards loopback, because signed
 * requests and prompts must not cross a network in the clear.
 */
public final class EndpointOverride {
    private static final String EXPECTED =
            " (expected: https://host[:port], or http://host[:port] where the host is localhost, 127.x.x.x or [::1])";

    private EndpointOverride() {}

    /**
     * Reads an override.
     *
     * @throws IllegalArgumentException with the value and what was expected, for the operator
     */
    public static URI parse(String text) {
        if (text.indexOf('@') >= 0) {
            // The text is not repeated: what stands before an @ may be a password.
            throw new IllegalArgumentException("an endpoint with user information" + EXPECTED);
        }
        URI uri = uri(text);
        if (uri.getHost() == null || uri.getScheme() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        if (!isBare(uri)) {
            throw new IllegalArgumentException(text + " is more than a host and a port" + EXPECTED);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("https") || (scheme.equals("http") && isLoopback(host))) {
            return URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        }
        throw new IllegalArgumentException(text + EXPECTED);
    }

    private static boolean isBare(URI uri) {
        String path = uri.getRawPath();
        return (path.isEmpty() || path.equals("/")) && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an endpoint" + EXPECTED, e);
        }
    }

    /**
     * Whether a literal host is this machine. Names other than {@code localhost} are never resolved for the answer: what
     * a resolver says now need not be what it says when the connection is made.
     */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.equals("::1") || isLoopbackIpv4(host);
    }

    private static boolean isLoopbackIpv4(String host) {
        return host.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    }
}
