package io.bedrockproxy.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockproxy.core.failure.Failure;
import io.bedrockproxy.core.failure.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class AccessLogTest {
    private static final Instant START = Instant.parse("2026-11-21T01:02:03.004Z");

    private final AtomicLong nanos = new AtomicLong(-5_000);
    private final ExchangeRecord record = new ExchangeRecord(() -> START, nanos::get);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);

    @BeforeEach
    void capture() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void release() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    @Test
    void writesEveryFieldOnce() {
        record.protocol("HTTP/2");
        record.client("app");
        record.route("ConverseStream", "us.amazon.nova-lite-v1:0", "us-east-1");
        record.addRequestBytes(100);
        record.addRequestBytes(20);
        nanos.addAndGet(1_234_567);
        record.responseHead(200, "id-1");
        record.addResponseBytes(3);
        record.addResponseBytes(4);
        record.streamException("throttlingException");
        record.retry("clock");
        nanos.addAndGet(10_000_000);
        new AccessLog()
                .write(record.finish(Outcome.CUT, new Failure(FailureKind.UPSTREAM_BROKEN, "told", "reset by peer")));
        assertThat(appender.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.INFO);
            assertThat(event.getFormattedMessage())
                    .isEqualTo("{\"time\":\"2026-11-21T01:02:03.004Z\",\"protocol\":\"HTTP/2\",\"client\":\"app\","
                            + "\"operation\":\"ConverseStream\",\"model\":\"us.amazon.nova-lite-v1:0\","
                            + "\"region\":\"us-east-1\",\"status\":200,\"failure\":\"upstream-broken\","
                            + "\"detail\":\"reset by peer\",\"exception\":\"throttlingException\",\"retry\":\"clock\","
                            + "\"request_id\":\"id-1\",\"request_bytes\":120,\"response_bytes\":7,"
                            + "\"first_byte_ms\":1.235,\"duration_ms\":11.235,\"outcome\":\"cut\"}");
        });
    }

    @Test
    void leavesOutWhatIsUnknown() {
        nanos.addAndGet(2_000_000);
        assertThat(AccessLog.line(record.finish(Outcome.CLIENT_GONE, null)))
                .isEqualTo("{\"time\":\"2026-11-21T01:02:03.004Z\",\"request_bytes\":0,\"response_bytes\":0,"
                        + "\"duration_ms\":2.0,\"outcome\":\"client-gone\"}");
    }

    @Test
    void namesNoModelWhereThereIsNone() throws JsonProcessingException {
        record.route("ApplyGuardrail", null, "eu-west-1");
        JsonNode line = json(record.finish(Outcome.COMPLETE, null));
        assertThat(line.has("model")).isFalse();
        assertThat(line.get("operation").textValue()).isEqualTo("ApplyGuardrail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nINFO forged",
                "a\r\nb",
                "\"},{\"client\":\"b\"",
                "back\\slash",
                "\u0000\u001b[31m",
                "{} %s",
                "\u00e4\ud83d\ude00",
                "next line \u0085 and line separator \u2028"
            })
    void cannotBeForged(String evil) throws JsonProcessingException {
        record.client(evil);
        record.route("InvokeModel", evil, "us-east-1");
        record.responseHead(200, evil);
        record.streamException(evil);
        record.finish(Outcome.COMPLETE, new Failure(FailureKind.BAD_REQUEST, evil, evil));
        new AccessLog().write(record);
        String line = appender.list.get(0).getFormattedMessage();
        assertThat(line.chars().filter(c -> c < ' ' || c >= 0x7f)).isEmpty();
        JsonNode json = new ObjectMapper().readTree(line);
        for (String field : List.of("client", "model", "request_id", "exception", "detail")) {
            assertThat(json.get(field).textValue()).as(field).isEqualTo(evil);
        }
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void leavesOutTheMessageThatTheClientGot() {
        record.finish(Outcome.LOCAL_REPLY, Failure.of(FailureKind.FORBIDDEN_MODEL, "told to the client"));
        assertThat(AccessLog.line(record)).contains("forbidden-model").doesNotContain("told", "detail");
    }

    @Test
    void isSilentWhenItsLevelIsHigher() {
        logger.setLevel(Level.WARN);
        new AccessLog().write(record.finish(Outcome.COMPLETE, null));
        assertThat(appender.list).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryOutcome(Outcome outcome) throws JsonProcessingException {
        assertThat(json(record.finish(outcome, null)).get("outcome").textValue())
                .isEqualTo(outcome.label())
                .matches("[a-z-]+");
    }

    private static JsonNode json(ExchangeRecord record) throws JsonProcessingException {
        return new ObjectMapper().readTree(AccessLog.line(record));
    }
}
