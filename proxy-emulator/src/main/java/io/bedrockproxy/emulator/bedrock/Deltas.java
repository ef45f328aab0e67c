package io.bedrockproxy.emulator.bedrock;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of an answer in the pieces in which a stream sends it.
 *
 * @param pieces repeated from the start when there are fewer than {@code count}
 * @param count how many are sent
 */
record Deltas(List<String> pieces, int count) {
    /** Copies, and refuses nothing to send. */
    Deltas {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || count < 0) {
            throw new IllegalArgumentException("pieces: " + pieces.size() + ", count: " + count);
        }
    }

    /** One piece per word, each with the space before it. */
    static Deltas words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int space = text.indexOf(' ', 1); space >= 0; space = text.indexOf(' ', space + 1)) {
            words.add(text.substring(start, space));
            start = space;
        }
        words.add(text.substring(start));
        return new Deltas(words, words.size());
    }

    /** The same filler {@code count} times. */
    static Deltas filler(int bytes, int count) {
        return new Deltas(List.of("x".repeat(bytes)), count);
    }

    String get(int index) {
        return pieces.get(index % pieces.size());
    }

    /** Whether every delta is the same, so that its frame may be encoded once. */
    boolean isUniform() {
        return pieces.size() == 1;
    }

    /** At least {@code least} of them. */
    Deltas atLeast(int least) {
        return new Deltas(pieces, Math.max(count, least));
    }

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(get(i));
        }
        return text.toString();
    }
}
