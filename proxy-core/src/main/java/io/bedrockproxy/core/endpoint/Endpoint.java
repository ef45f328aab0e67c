package io.bedrockproxy.core.endpoint;

import java.net.URI;
import java.util.Objects;

/**
 * Where requests go, and the region and service that their signatures name.
 *
 * @param scheme {@code https}, or {@code http} towards loopback
 * @param host the name to connect to and to verify; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param signingRegion the region in the credential scope
 * @param service the service name in the credential scope
 */
public record Endpoint(String scheme, String host, int port, String signingRegion, String service) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Refuses nulls, other schemes and impossible ports. */
    public Endpoint {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(signingRegion, "signingRegion");
        Objects.requireNonNull(service, "service");
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("scheme: " + scheme + " (expected: https or http)");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** The endpoint that AWS publishes under {@code host}. */
    static Endpoint published(String host, String signingRegion, AwsService service) {
        return new Endpoint("https", host, HTTPS_PORT, signingRegion, service.signingName());
    }

    /** An operator's own endpoint, checked by {@link EndpointOverride}. */
    static Endpoint overridden(URI override, String signingRegion, AwsService service) {
        String scheme = override.getScheme();
        int port = override.getPort() >= 0 ? override.getPort() : defaultPort(scheme);
        return new Endpoint(scheme, unbracketed(override.getHost()), port, signingRegion, service.signingName());
    }

    /** Whether the connection is TLS. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** The value of the {@code host} header: the port only where it is not the scheme's own. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return port == defaultPort(scheme) ? name : name + ':' + port;
    }

    /** The endpoint as a URI without a path. */
    public URI uri() {
        return URI.create(scheme + "://" + authority());
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
