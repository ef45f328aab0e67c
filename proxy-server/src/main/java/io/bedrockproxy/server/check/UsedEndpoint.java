package io.bedrockproxy.server.check;

import io.bedrockproxy.core.endpoint.Endpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that a client or a role needs.
 *
 * @param name the service and the region
 * @param section {@code bedrock} or {@code sts}: where its certificates are configured
 * @param overrideKey the key that names another host than AWS's; null when the host is AWS's own
 * @param endpoint where it is
 * @param trusted the PEM file that replaces the JDK's roots, or null
 */
record UsedEndpoint(
        String name,
        String section,
        @Nullable String overrideKey,
        Endpoint endpoint,
        @Nullable Path trusted) {}
