package io.bedrockproxy.emulator.signature;

/** The outcome of checking a request's signature. */
public sealed interface Verdict {
    /** Whether the request was signed as AWS wants it. */
    default boolean verified() {
        return this instanceof Verified;
    }

    /**
     * Signed by {@code key}.
     *
     * @param key which key signed it
     * @param region the region of the scope
     */
    record Verified(AccessKey key, String region) implements Verdict {}

    /**
     * Not signed as AWS wants it.
     *
     * @param fault what is wrong
     * @param message AWS's words for it
     */
    record Refused(SignatureFault fault, String message) implements Verdict {}
}
