package io.bedrockproxy.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, ab, false",
        "abc, abcd, false",
        "abc, ABC, false",
        "*, '', true",
        "*, abc, true",
        "**, abc, true",
        "'', '', true",
        "'', a, false",
        "a*, a, true",
        "a*, abc, true",
        "a*, ba, false",
        "*c, abc, true",
        "*c, ab, false",
        "a*c, ac, true",
        "a*c, abbc, true",
        "a*c, abcb, false",
        "a*bc, abbc, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXcYb, false",
        "*aab, aaab, true",
        "a.c, abc, false",
        "a?c, abc, false",
        "[ab], a, false",
        "a**b, ab, true",
        "a*, a*, true"
    })
    void matchesTheWholeText(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
    }

    /** Going back to every star would take longer than the age of the universe. */
    @Test
    void neverGoesBackBeyondTheLastStar() {
        String text = "a".repeat(20_000);
        assertThat(new Glob("*a".repeat(1_000) + "b").matches(text)).isFalse();
        assertThat(new Glob("*a".repeat(1_000)).matches(text)).isTrue();
        assertThat(new Glob("a*".repeat(1_000) + "b").matches(text)).isFalse();
    }
}
