package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.ProxyConfig;
import java.util.List;

/**
 * What loading gives.
 *
 * @param config the configuration
 * @param notes what was worked out, for the log at start
 * @param warnings what works and is probably not meant, for the log at start
 */
public record LoadedConfig(ProxyConfig config, List<String> notes, List<String> warnings) {
    /** Copies the lists. */
    public LoadedConfig {
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }
}
