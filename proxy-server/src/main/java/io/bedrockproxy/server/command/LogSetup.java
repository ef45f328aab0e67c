package io.bedrockproxy.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.bedrockproxy.server.config.hocon.Problem;
import io.bedrockproxy.server.config.load.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Sets how much is logged, within what {@link PinnedLoggers} allows. */
public final class LogSetup {
    private static final String VARIABLE = "BEDROCK_PROXY_LOG_LEVEL";
    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    private LogSetup() {}

    /**
     * Applies {@code BEDROCK_PROXY_LOG_LEVEL}; does nothing to the level when it is not set.
     *
     * @throws ConfigException when it is no level
     */
    public static void apply(Map<String, String> environment) throws ConfigException {
        String written = environment.getOrDefault(VARIABLE, "").strip();
        String level = written.toUpperCase(Locale.ROOT);
        if (!level.isEmpty() && !LEVELS.contains(level)) {
            String expected = String.join(", ", LEVELS);
            throw new ConfigException(List.of(new Problem("environment", VARIABLE, "\"" + written + "\"", expected)));
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            pin(context);
            if (!level.isEmpty()) {
                context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level));
            }
        }
    }

    /** Writes what is still queued; nothing is logged afterwards. */
    public static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /** An operator's own logback configuration may not name the filter. */
    private static void pin(LoggerContext context) {
        if (context.getTurboFilterList().stream().noneMatch(PinnedLoggers.class::isInstance)) {
            PinnedLoggers pinned = new PinnedLoggers();
            pinned.setContext(context);
            pinned.start();
            context.addTurboFilter(pinned);
        }
    }
}
