package io.bedrockproxy.server.config;

import io.bedrockproxy.core.auth.IssuedKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code bedrock-proxy.clients}: who may call, as what, and what for.
 *
 * @param secrets digests of the bearer secrets, all valid at once
 * @param accessKeys what was issued to it to sign with, all valid at once; at least one where there is no secret
 * @param notAfter when they stop working, or null for never
 * @param role the name of a configured role, which exists; null to sign with {@code source}
 * @param source what requests are signed with when there is no role; never a {@link SourceRef.Role}
 * @param region the home region; {@code bedrock.region} when the operator named none
 * @param regions further regions that an ARN in a request may lead to
 * @param models globs over model ids; at least one
 * @param operations operation names, globs and groups; at least one
 */
public record ClientSettings(
        List<SecretHash> secrets,
        List<IssuedKey> accessKeys,
        @Nullable Instant notAfter,
        @Nullable String role,
        SourceRef source,
        String region,
        List<String> regions,
        List<String> models,
        List<String> operations) {
    /** Copies the lists. */
    public ClientSettings {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(region, "region");
        secrets = List.copyOf(secrets);
        accessKeys = List.copyOf(accessKeys);
        regions = List.copyOf(regions);
        models = List.copyOf(models);
        operations = List.copyOf(operations);
    }
}
