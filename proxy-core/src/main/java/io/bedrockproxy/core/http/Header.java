package io.bedrockproxy.core.http;

import java.util.Objects;

/**
 * One header field as it travels.
 *
 * @param name the field name, in lower case (RFC 9113 section 8.2; HTTP/1.1 does not care about case)
 * @param value the field value without surrounding white space
 */
public record Header(String name, String value) {
    /** Refuses nulls; the caller vouches for the characters. */
    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** Shows the name only: a value may be a secret. */
    @Override
    public String toString() {
        return name + ": ***";
    }
}
