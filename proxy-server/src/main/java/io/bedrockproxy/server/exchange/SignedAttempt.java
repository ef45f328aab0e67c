package io.bedrockproxy.server.exchange;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.sigv4.PayloadHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What one sending was signed with, as far as a refusal is judged by it.
 *
 * @param admitted the request
 * @param payloadHash the hash of its body
 * @param credentials whose signature it is
 * @param time the signature's date
 * @param clockOffset what of that was correction
 */
record SignedAttempt(
        Admitted admitted,
        PayloadHash payloadHash,
        SessionCredentials credentials,
        Instant time,
        Duration clockOffset) {
    SignedAttempt {
        Objects.requireNonNull(admitted, "admitted");
        Objects.requireNonNull(payloadHash, "payloadHash");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(clockOffset, "clockOffset");
    }
}
