package io.bedrockproxy.server.check;

import java.util.List;
import java.util.function.Function;

/**
 * What to do, by what AWS says: the first row whose code and words fit.
 *
 * @param rows the special ones before the general ones; the last one fits everything
 * @param <F> the facts that advice is made from
 */
record AdviceTable<F>(List<Row<F>> rows) {
    /** Any code, or any words. */
    static final String ANY = "";

    /** Copies the rows. */
    AdviceTable {
        rows = List.copyOf(rows);
        Row<F> last = rows.get(rows.size() - 1);
        if (!last.code().equals(ANY) || !last.words().equals(ANY)) {
            throw new IllegalArgumentException(
                    "rows: the last one is for " + last.code() + " (expected: for anything)");
        }
    }

    /**
     * One row.
     *
     * @param code AWS's error code
     * @param words what its message has to hold
     * @param advice makes the advice from the facts
     */
    record Row<F>(String code, String words, Function<F, String> advice) {
        private boolean fits(String saidCode, String message) {
            return (code.equals(ANY) || code.equals(saidCode)) && message.contains(words);
        }
    }

    String advice(String code, String message, F facts) {
        return rows.stream()
                .filter(row -> row.fits(code, message))
                .findFirst()
                .orElseThrow()
                .advice()
                .apply(facts);
    }
}
