package io.bedrockproxy.server.check;

import io.bedrockproxy.server.RunContext;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.load.LoadedConfig;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} looks at, and by which means.
 *
 * @param file the configuration's name
 * @param loaded the configuration
 * @param environment the variables of the process
 * @param run the sources of time
 * @param timeouts how long things may take
 * @param resolver finds hosts
 * @param model what is invoked once by each client; null: nothing
 */
public record CheckInput(
        String file,
        LoadedConfig loaded,
        Map<String, String> environment,
        RunContext run,
        CheckTimeouts timeouts,
        NameResolver resolver,
        @Nullable String model) {
    /** Copies the variables. */
    public CheckInput {
        Objects.requireNonNull(loaded, "loaded");
        environment = Map.copyOf(environment);
    }

    ProxyConfig config() {
        return loaded.config();
    }

    /** Variables may be secrets. */
    @Override
    public String toString() {
        return "CheckInput[" + file + ']';
    }
}
