package io.bedrockproxy.server.command;

import io.bedrockproxy.server.RunContext;
import io.bedrockproxy.server.config.load.ConfigLoader;
import io.bedrockproxy.server.config.load.MachineLimits;
import java.util.Map;

/**
 * What a command gets of the world outside.
 *
 * @param environment the variables
 * @param run the sources of time
 */
public record CommandContext(Map<String, String> environment, RunContext run) {
    /** Copies the variables. */
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** Variables may be secrets. */
    @Override
    public String toString() {
        return "CommandContext[" + environment.size() + " variables]";
    }

    ConfigLoader loader() {
        return new ConfigLoader(MachineLimits.ofThisProcess(), run.clock());
    }
}
