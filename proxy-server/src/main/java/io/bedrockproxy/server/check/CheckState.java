package io.bedrockproxy.server.check;

import java.util.Locale;

/** How a check ended. */
public enum CheckState {
    /** As it should be. */
    OK,
    /** It works, and is probably not meant so. */
    WARNING,
    /** It does not work. */
    FAILED,
    /** It could not be looked at; another line says why. */
    SKIPPED;

    /** As it is printed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
