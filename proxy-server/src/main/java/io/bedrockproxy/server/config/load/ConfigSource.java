package io.bedrockproxy.server.config.load;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the configuration comes from, to read it again: a file, or none, and the environment of the start. */
public final class ConfigSource {
    private final ConfigLoader loader;
    private final @Nullable Path file;
    private final Map<String, String> environment;

    /**
     * @param file null to be configured by environment alone
     * @param environment all variables
     */
    public ConfigSource(ConfigLoader loader, @Nullable Path file, Map<String, String> environment) {
        this.loader = loader;
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks everything as it is now. Blocks on files: not on an event loop.
     *
     * @throws ConfigException with every problem that was found
     */
    public LoadedConfig load() throws ConfigException {
        return loader.load(file, environment);
    }

    /** The file's name, or {@code environment}: what problems are said to be in. */
    public String name() {
        return file == null ? "environment" : file.toString();
    }

    /** Not the variables, which may be secrets. */
    @Override
    public String toString() {
        return "ConfigSource[" + name() + "]";
    }
}
