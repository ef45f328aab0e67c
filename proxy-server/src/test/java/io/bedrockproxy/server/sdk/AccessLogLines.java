package io.bedrockproxy.server.sdk;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.bedrockproxy.core.telemetry.AccessLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The access log of this JVM, from the moment of opening on. */
final class AccessLogLines implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    AccessLogLines() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    /** The first line; waits for it, because it is written behind the answer's last byte. */
    String first() {
        await("an access log line").until(() -> !lines.isEmpty());
        return lines.get(0);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
    }
}
