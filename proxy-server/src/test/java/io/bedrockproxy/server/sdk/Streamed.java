package io.bedrockproxy.server.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the SDK's user saw it.
 *
 * @param events what came before the end
 * @param failure what the SDK raised, or null for a clean end
 */
record Streamed<E>(List<E> events, @Nullable Throwable failure) {
    Streamed {
        events = List.copyOf(events);
    }
}
