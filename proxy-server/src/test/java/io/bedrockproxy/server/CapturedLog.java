package io.bedrockproxy.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.bedrockproxy.core.telemetry.AccessLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged between its making and its closing, whatever appenders do with it: message, arguments, stack
 * traces. Puts all levels and filters back as they were.
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<Logger, Level> levels = context.getLoggerList().stream()
            .filter(logger -> logger.getLevel() != null)
            .collect(Collectors.toMap(logger -> logger, Logger::getLevel));
    private final List<TurboFilter> filters = List.copyOf(context.getTurboFilterList());
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    /** Its lines do not go up to the root. */
    private final Logger accessLog = context.getLogger(AccessLog.class);
    /** Silent meanwhile: nobody reads megabytes of TRACE on a console. */
    private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();

    /** Captures from now on. */
    public CapturedLog() {
        setContext(context);
        start();
        root.iteratorForAppenders().forEachRemaining(silenced::add);
        silenced.forEach(root::detachAppender);
        root.addAppender(this);
        accessLog.addAppender(this);
    }

    /** Sets the level of every logger that there is and of these. */
    void force(Level level, List<String> names) {
        context.getLoggerList().forEach(logger -> logger.setLevel(level));
        names.forEach(name -> context.getLogger(name).setLevel(level));
    }

    /** Takes all filters away that hold loggers back, however their levels are. */
    void removeFilters() {
        context.resetTurboFilterList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder line = new StringBuilder()
                .append(event.getLevel())
                .append(' ')
                .append(event.getLoggerName())
                .append(' ')
                .append(event.getFormattedMessage())
                .append(' ')
                .append(event.getMDCPropertyMap());
        if (event.getThrowableProxy() != null) {
            line.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        lines.add(line.toString());
    }

    /** A line or more for each event so far: level, logger, message. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        accessLog.detachAppender(this);
        root.detachAppender(this);
        silenced.forEach(root::addAppender);
        context.resetTurboFilterList();
        filters.forEach(context::addTurboFilter);
        context.getLoggerList().forEach(logger -> logger.setLevel(levels.get(logger)));
        stop();
    }
}
