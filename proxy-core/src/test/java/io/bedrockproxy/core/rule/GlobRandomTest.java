package io.bedrockproxy.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlobRandomTest {
    private static final long SEED = 20_261_121L;

    @Test
    void agreesWithRegularExpressions() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = text(random, "ab*", random.nextInt(9));
            String text = text(random, "ab", random.nextInt(12));
            boolean expected = text.matches(regex(pattern));
            matched += expected ? 1 : 0;
            assertThat(new Glob(pattern).matches(text))
                    .as("'%s' on '%s', seed %s", pattern, text, SEED)
                    .isEqualTo(expected);
        }
        assertThat(matched).as("texts that match").isBetween(5_000, 45_000);
    }

    private static String regex(String pattern) {
        return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
