package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.sigv4.SecretAccessKey;
import java.util.Objects;

/**
 * An access key that the proxy has issued to a client which can only sign. It is none of AWS's: nobody but this proxy
 * knows it.
 *
 * @param id what stands in the {@code Credential} of a signature; no secret
 * @param secret what signatures are made with
 */
public record IssuedKey(String id, SecretAccessKey secret) {
    /** Refuses nulls. */
    public IssuedKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
    }
}
