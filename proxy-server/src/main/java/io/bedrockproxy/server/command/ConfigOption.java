package io.bedrockproxy.server.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config FILE}. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (HOCON). Without it, the environment alone configures the proxy.")
    private @Nullable Path file;

    @Nullable
    Path file() {
        return file;
    }
}
