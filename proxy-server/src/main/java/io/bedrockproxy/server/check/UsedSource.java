package io.bedrockproxy.server.check;

import io.bedrockproxy.core.credentials.SourceConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A source of credentials that a client or a role uses.
 *
 * @param name as the configuration calls it; {@code default} is the AWS default chain
 * @param config where its credentials come from
 * @param stsRegion whose STS is asked who it is
 * @param stsEndpoint instead of that region's, or null
 */
record UsedSource(
        String name,
        SourceConfig config,
        String stsRegion,
        @Nullable URI stsEndpoint) {
    /** What to call it in a sentence. */
    String place() {
        return config instanceof SourceConfig.DefaultChain ? "the AWS default chain" : "sources." + name;
    }
}
