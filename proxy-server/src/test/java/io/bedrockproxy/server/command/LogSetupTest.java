package io.bedrockproxy.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.bedrockproxy.core.telemetry.AccessLog;
import io.bedrockproxy.server.config.load.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogSetupTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);

    @AfterEach
    void restore() {
        root.setLevel(Level.INFO);
    }

    @Test
    void isAtInfoUnlessAskedOtherwise() throws ConfigException {
        LogSetup.apply(Map.of());
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        LogSetup.apply(Map.of("BEDROCK_PROXY_LOG_LEVEL", "debug"));
        assertThat(root.getLevel()).isEqualTo(Level.DEBUG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
                "software.amazon.awssdk.request",
                "software.amazon.awssdk.auth.signer.Aws4Signer"
            })
    void neverLetsALoggerOfRequestsSpeak(String name) throws ConfigException {
        LogSetup.apply(Map.of("BEDROCK_PROXY_LOG_LEVEL", "TRACE"));
        Logger logger = context.getLogger(name);
        Level written = logger.getLevel();
        logger.setLevel(Level.TRACE);
        try {
            assertThat(logger.isErrorEnabled()).isFalse();
        } finally {
            logger.setLevel(written);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.core.internal.http.Anything",
                "io.netty.handler.logging.LoggingHandler",
                "io.netty.channel.nio.NioEventLoop"
            })
    void letsLibrariesWarnAndNoMore(String name) throws ConfigException {
        LogSetup.apply(Map.of("BEDROCK_PROXY_LOG_LEVEL", "TRACE"));
        Logger logger = context.getLogger(name);
        assertThat(logger.isInfoEnabled()).isFalse();
        assertThat(logger.isWarnEnabled()).isTrue();
    }

    @Test
    void leavesOurOwnLoggersToTheOperator() throws ConfigException {
        LogSetup.apply(Map.of("BEDROCK_PROXY_LOG_LEVEL", "TRACE"));
        assertThat(context.getLogger("io.bedrockproxy.server.ProxyServer").isTraceEnabled())
                .isTrue();
        assertThat(context.getLogger("io.nettyx.Other").isTraceEnabled())
                .as("a name that only begins alike")
                .isTrue();
    }

    @Test
    void sendsTheAccessLogToStandardOutputOnly() {
        Logger accessLog = context.getLogger(AccessLog.class);
        assertThat(accessLog.isAdditive()).isFalse();
        assertThat(accessLog.getAppender("access")).isNotNull();
        assertThat(root.getAppender("stderr")).isNotNull();
    }

    @Test
    void pinsOnceOnly() throws ConfigException {
        LogSetup.apply(Map.of());
        LogSetup.apply(Map.of());
        assertThat(context.getTurboFilterList())
                .filteredOn(PinnedLoggers.class::isInstance)
                .hasSize(1);
    }
}
