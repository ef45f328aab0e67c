package io.bedrockproxy.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
    @ParameterizedTest
    @CsvSource({
        "0, OK, off by 0 s at most",
        "-29, OK, off by 29 s at most",
        "30, WARNING, 'off by 30 s, ahead of AWS''s'",
        "-299, WARNING, 'off by 299 s, behind AWS''s'",
        "300, FAILED, 'off by 300 s, ahead of AWS''s'",
        "-86400, FAILED, 'off by 86400 s, behind AWS''s'"
    })
    void judgesByWhatAwsTolerates(long seconds, CheckState state, String detail) {
        CheckResult result = ClockCheck.of(List.of(Duration.ofSeconds(seconds)));
        assertThat(result.state()).isEqualTo(state);
        assertThat(result.detail()).isEqualTo(detail);
        assertThat(result.advice().contains("NTP")).isEqualTo(state != CheckState.OK);
    }

    @Test
    void theWorstCounts() {
        List<@Nullable Duration> seen = Arrays.asList(null, Duration.ofSeconds(2), Duration.ofSeconds(-40));
        assertThat(ClockCheck.of(seen).detail()).isEqualTo("off by 40 s, behind AWS's");
    }

    @Test
    void withoutAnAnswerItCannotBeTold() {
        assertThat(ClockCheck.of(Arrays.asList(null, null)).state()).isEqualTo(CheckState.SKIPPED);
    }
}
