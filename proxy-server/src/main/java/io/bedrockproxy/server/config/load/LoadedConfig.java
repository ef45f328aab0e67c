package io.bedrockproxy.server.config.load;

import io.bedrockproxy.server.config.ProxyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What loading gives.
 *
 * @param config the configuration
 * @param notes what was worked out, for the log at start
 * @param warnings what works and is probably not meant, for the log at start
 * @param files what it was read from, included files, secrets and certificates among them: a change of one may change it
 */
public record LoadedConfig(ProxyConfig config, List<String> notes, List<String> warnings, Set<Path> files) {
    /** Copies the collections. */
    public LoadedConfig {
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
        files = Set.copyOf(files);
    }
}
