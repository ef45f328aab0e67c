package io.bedrockproxy.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {
    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "*, a*b, true",
        "*, '', true",
        "a*, a, true",
        "a*, a*, true",
        "a*, *, false",
        "a*c, a*b*c, true",
        "a*b*c, a*c, false",
        "*x, *, false",
        "a**, a*, true",
        "ab, ab, true",
        "ab, abc, false",
        "*b, abab, true",
        "'', '', true",
        "'', a, false",
    })
    void coversWhatItMatchesAsItIsWritten(String wide, String narrow, boolean covers) {
        assertThat(Wildcards.covers(wide, narrow)).isEqualTo(covers);
    }

    @Test
    void takesNoTimeForManyStars() {
        assertThat(Wildcards.covers("*a".repeat(1000) + "b", "a".repeat(2000))).isFalse();
    }
}
