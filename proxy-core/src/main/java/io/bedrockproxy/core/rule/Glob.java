package io.bedrockproxy.core.rule;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any run of characters and everything else for itself. Matching takes time
 * linear in the text whatever the pattern: its first and last literal are compared in place, those between are searched
 * for leftmost first, with the tables of Knuth, Morris and Pratt. Compares UTF-16 units as they are.
 */
final class Glob {
    private final String pattern;
    private final List<Literal> literals;

    Glob(String pattern) {
        this.pattern = pattern;
        this.literals =
                Arrays.stream(pattern.split("\\*", -1)).map(Literal::new).toList();
    }

    /** As it was written. */
    String pattern() {
        return pattern;
    }

    /** Whether the whole text fits. */
    boolean matches(String text) {
        String first = literals.get(0).text;
        if (literals.size() == 1) {
            return text.equals(first);
        }
        String last = literals.get(literals.size() - 1).text;
        int end = text.length() - last.length();
        if (first.length() > end || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int start = first.length();
        for (int i = 1; i < literals.size() - 1 && start >= 0; i++) {
            start = literals.get(i).endIn(text, start, end);
        }
        return start >= 0;
    }

    @Override
    public String toString() {
        return pattern;
    }

    /** What stands between two stars. */
    private static final class Literal {
        final String text;

        /** For each prefix the length of its longest border: where a search goes on after a mismatch. */
        final int[] borders;

        Literal(String text) {
            this.text = text;
            this.borders = new int[text.length()];
            for (int i = 1; i < text.length(); i++) {
                borders[i] = next(borders[i - 1], text.charAt(i));
            }
        }

        /** Where the leftmost occurrence within the range ends, or -1. */
        int endIn(String searched, int start, int end) {
            int matched = 0;
            int i = start;
            while (matched < text.length() && i < end) {
                matched = next(matched, searched.charAt(i++));
            }
            return matched == text.length() ? i : -1;
        }

        /** How much is matched after one more character. */
        private int next(int matched, char c) {
            int length = matched;
            while (length > 0 && text.charAt(length) != c) {
                length = borders[length - 1];
            }
            return text.charAt(length) == c ? length + 1 : 0;
        }
    }
}
