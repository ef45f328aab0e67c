package io.bedrockproxy.emulator.http;

import java.util.Objects;

/**
 * One header line.
 *
 * @param name as received, or as it shall be sent
 * @param value as received, or as it shall be sent
 */
public record HttpField(String name, String value) {
    /** Refuses nulls. */
    public HttpField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
