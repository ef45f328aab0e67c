package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CorrectedClockTest {
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(CorrectedClock.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private Instant machine = START;
    private final CorrectedClock clock = new CorrectedClock(() -> machine);

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    @Test
    void isTheMachinesClockUntilItLearnsBetter() {
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, -121, 121, 600, 86_400, -86_400})
    void learnsAnOffsetThatMatters(long seconds) {
        assertThat(clock.correct(START.plusSeconds(seconds), Duration.ZERO)).isTrue();

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(seconds));
        machine = START.plusSeconds(10);
        assertThat(clock.instant()).as("it goes on").isEqualTo(START.plusSeconds(seconds + 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, -60, 0, 60, 120})
    void leavesAnOffsetThatExplainsNothing(long seconds) {
        assertThat(clock.correct(START.plusSeconds(seconds), Duration.ZERO)).isFalse();

        assertThat(clock.offset()).isZero();
        assertThat(log()).isEmpty();
    }

    @Test
    void doesNotBelieveAnything() {
        assertThat(clock.correct(START.plusSeconds(86_401), Duration.ZERO)).isFalse();
        assertThat(clock.correct(START.plusSeconds(86_402), Duration.ZERO)).isFalse();

        assertThat(clock.offset()).isZero();
        assertThat(log()).as("once per cause").singleElement().asString().contains("refused-offset-seconds=86401");
    }

    @Test
    void helpsEveryRequestThatWasSignedWithTheOldOffset() {
        Instant date = START.plusSeconds(600);

        assertThat(clock.correct(date, Duration.ZERO)).isTrue();
        assertThat(clock.correct(date.plusSeconds(1), Duration.ZERO))
                .as("signed before the first had learnt")
                .isTrue();
        assertThat(clock.correct(date, clock.offset()))
                .as("refused for another reason")
                .isFalse();

        assertThat(clock.offset()).isEqualTo(Duration.ofMinutes(10));
        assertThat(log()).as("one change").hasSize(1);
    }

    @Test
    void goesBackWhenTheMachineIsRightAgain() {
        clock.correct(START.plusSeconds(600), Duration.ZERO);
        Duration wrong = clock.offset();
        machine = START.plusSeconds(610);

        assertThat(clock.correct(START.plusSeconds(611), wrong)).isTrue();

        assertThat(clock.offset()).as("not one second").isZero();
        assertThat(clock.instant()).isEqualTo(machine);
    }

    @Test
    void warnsOnceForEachChangeAndSaysWhatToDo() {
        clock.correct(START.plusSeconds(600), Duration.ZERO);
        clock.correct(START.minusSeconds(300), clock.offset());
        clock.correct(START, clock.offset());

        assertThat(log())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARN clock-offset-seconds=600 ")
                                .contains("600 s slow", "NTP"),
                        line -> assertThat(line)
                                .startsWith("WARN clock-offset-seconds=-300 ")
                                .contains("300 s fast", "NTP"),
                        line -> assertThat(line).startsWith("WARN clock-offset-seconds=0 "));
    }

    private List<String> log() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
