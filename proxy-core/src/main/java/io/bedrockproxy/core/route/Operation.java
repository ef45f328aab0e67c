package io.bedrockproxy.core.route;

import java.util.Objects;

/**
 * One operation of an API, as rules and logs name it.
 *
 * @param name AWS's own name, e.g. {@code InvokeModel}
 * @param group the group of rules it belongs to: {@code inference}, {@code discovery}, {@code async}, {@code mantle}
 */
public record Operation(String name, String group) {
    /** Refuses nulls. */
    public Operation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
    }

    @Override
    public String toString() {
        return name;
    }
}
