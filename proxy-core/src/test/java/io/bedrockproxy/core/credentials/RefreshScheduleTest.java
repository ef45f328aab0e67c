package io.bedrockproxy.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshScheduleTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({
        "PT12H,  PT6H,     PT9H",
        "PT1H,   PT30M,    PT45M",
        "PT15M,  PT7M30S,  PT11M15S",
        "PT20S,  PT10S,    PT15S",
        "PT4S,   PT2S,     PT3S",
        ",       PT7M30S,  PT10M",
    })
    void refreshesAtHalfToThreeQuartersOfTheLife(Duration life, Duration earliest, Duration latest) {
        assertThat(with(0).refreshDelay(life)).isEqualTo(earliest);
        assertThat(with(ALMOST_ONE).refreshDelay(life)).isCloseTo(latest, Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT5S", "PT50S, PT5S", "PT20S, PT2S", "PT3S, PT0.3S"})
    void stopsUsingCredentialsShortlyBeforeTheyExpire(Duration life, Duration margin) {
        assertThat(RefreshSchedule.margin(life)).isEqualTo(margin);
    }

    @ParameterizedTest
    @CsvSource({
        "1,          PT0.1S, PT0.2S, PT3S,   PT4S",
        "2,          PT0.2S, PT0.4S, PT6S,   PT8S",
        "3,          PT0.4S, PT0.8S, PT12S,  PT16S",
        "4,          PT0.8S, PT1.6S, PT24S,  PT32S",
        "5,          PT1S,   PT2S,   PT45S,  PT60S",
        "6,          PT1S,   PT2S,   PT45S,  PT60S",
        "40,         PT1S,   PT2S,   PT45S,  PT60S",
        "2147483647, PT1S,   PT2S,   PT45S,  PT60S",
    })
    void waitsLongerAfterEachFailure(
            int failures, Duration shortest, Duration longest, Duration shortestDenied, Duration longestDenied) {
        assertThat(with(0).backOff(failures)).isEqualTo(shortest);
        assertThat(with(ALMOST_ONE).backOff(failures)).isCloseTo(longest, Duration.ofMillis(1));
        assertThat(with(0).deniedBackOff(failures)).isEqualTo(shortestDenied);
        assertThat(with(ALMOST_ONE).deniedBackOff(failures)).isCloseTo(longestDenied, Duration.ofMillis(1));
    }

    private static RefreshSchedule with(double random) {
        return new RefreshSchedule(() -> random);
    }
}
