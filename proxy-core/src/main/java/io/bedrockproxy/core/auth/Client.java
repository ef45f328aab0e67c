package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A configured caller.
 *
 * @param name as in the configuration, in logs and in STS session names
 * @param secrets digests of its secrets, all valid at once
 * @param accessKeys what was issued to it to sign with, all valid at once
 * @param notAfter when they stop working, or null
 * @param models which models it may use
 * @param operations which operations it may use
 */
public record Client(
        String name,
        List<SecretDigest> secrets,
        List<IssuedKey> accessKeys,
        @Nullable Instant notAfter,
        ModelRules models,
        OperationRules operations) {
    /** Copies the lists. */
    public Client {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(operations, "operations");
        secrets = List.copyOf(secrets);
        accessKeys = List.copyOf(accessKeys);
    }

    boolean isValidAt(Instant now) {
        return notAfter == null || now.isBefore(notAfter);
    }
}
