package io.bedrockproxy.server.config.hocon;

import java.util.Objects;

/**
 * One thing that an operator has to change.
 *
 * @param file where it is written, with the line when known, or {@code environment}
 * @param key the full key, or the name of the variable
 * @param wrong what is there
 * @param expected what should be there
 */
public record Problem(String file, String key, String wrong, String expected) {
    /** Refuses nulls. */
    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(wrong, "wrong");
        Objects.requireNonNull(expected, "expected");
    }

    /** One line: {@code file: key: wrong (expected: ...)}. */
    @Override
    public String toString() {
        return file + ": " + key + ": " + wrong + " (expected: " + expected + ")";
    }
}
