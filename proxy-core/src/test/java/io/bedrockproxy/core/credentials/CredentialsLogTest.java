package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Reads everything that anybody logs, at the lowest level, while roles are assumed over real sockets. */
class CredentialsLogTest {
    private static final SourceConfig.Static SOURCE = new SourceConfig.Static(
            "AKIASOURCE", "sourceSecretKey/0123456789abcdefghijklmn", "sourceToken/0123456789==");
    private static final List<String> SECRETS = Stream.of(
                    SOURCE.secretAccessKey(), SOURCE.sessionToken(), StsAnswers.SECRET, StsAnswers.TOKEN, "external-1")
            .toList();

    @StartStop
    private final MockWebServer sts = new MockWebServer();

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private Level level = Level.ERROR;

    @BeforeEach
    void listen() {
        level = root.getLevel();
        root.detachAndStopAllAppenders();
        root.setLevel(Level.TRACE);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void restore() {
        root.detachAppender(appender);
        root.setLevel(level);
    }

    @Test
    void leaksNothingExceptThroughTheSdksDebugLoggers() throws Exception {
        sts.enqueue(StsAnswers.error(403, "SignatureDoesNotMatch", "The Canonical String is " + SOURCE.sessionToken()));
        sts.enqueue(StsAnswers.error(500, "InternalFailure", "no"));
        sts.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
        sts.enqueue(StsAnswers.xml(200, "<x>" + StsAnswers.TOKEN));
        sts.enqueue(StsAnswers.credentials(""));
        sts.enqueue(StsAnswers.credentials("2000-01-01T00:00:00Z"));
        sts.enqueue(StsAnswers.credentials("2100-01-01T00:00:00Z"));

        CredentialsKey key = CredentialsKey.assume(role(sts.url("/").uri()), SOURCE);
        try (CredentialsRegistry registry = registry()) {
            RefreshingCredentials credentials = registry.of(key);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                CredentialsResult result =
                        credentials.next().toCompletableFuture().get(20, TimeUnit.SECONDS);
                return result instanceof CredentialsResult.Ready;
            });
            root.info("{} {} {} {}", key, registry.states(), credentials.current(), credentials.state());
        }

        assertThat(sts.getRequestCount()).isEqualTo(7);
        List<ILoggingEvent> events = List.copyOf(appender.list);
        assertThat(events).hasSizeGreaterThan(20);
        // Its signer prints canonical requests, its URI cache prints external IDs, its retry strategy prints STS's
        // echo.
        assertThat(events.stream().filter(CredentialsLogTest::isLeak))
                .as("only the SDK's loggers leak, and only below WARN, where the server pins them")
                .isNotEmpty()
                .allMatch(event -> event.getLoggerName().startsWith("software.amazon.awssdk."))
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        assertThat(events.stream()
                        .filter(event -> event.getLoggerName().equals(RefreshingCredentials.class.getName()))
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                        .map(ILoggingEvent::getFormattedMessage))
                .as("one line for each change of cause")
                .anyMatch(line -> line.contains("code=SignatureDoesNotMatch"))
                .anyMatch(line -> line.contains("code=InternalFailure"))
                .anyMatch(line -> line.contains("recovered-from="));
    }

    @Test
    void saysTheSameCauseOnce() {
        Rig rig = new Rig().fail(Rig.STS_500);
        rig.credentials.start();

        rig.time.advance(Duration.ofMinutes(10));
        rig.fail(Rig.STS_DENIES).time.advance(Duration.ofMinutes(10));
        rig.heal().time.advance(Duration.ofMinutes(2));

        assertThat(appender.list.stream().map(ILoggingEvent::getFormattedMessage))
                .satisfiesExactly(
                        line -> assertThat(line).contains("state=unavailable code=InternalFailure message=\"m\""),
                        line -> assertThat(line).contains("state=denied code=AccessDenied"),
                        line -> assertThat(line).contains("state=ready recovered-from=AccessDenied"));
    }

    private static CredentialsRegistry registry() {
        return CredentialsRegistry.create(
                CredentialsConfig.defaults(), InstantSource.system(), System::nanoTime, () -> 0.5);
    }

    private static AssumedRole role(URI sts) {
        return new AssumedRole(
                "arn:aws:iam::123456789012:role/bedrock",
                "external-1",
                "team",
                Map.of(),
                null,
                null,
                AssumedRole.DEFAULT_DURATION,
                "us-east-1",
                sts);
    }

    private static boolean isLeak(ILoggingEvent event) {
        String text = event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
        return SECRETS.stream().anyMatch(text::contains);
    }
}
