package io.bedrockproxy.core.policy;

/** Patterns in which {@code *} stands for any text. */
final class Wildcards {
    private Wildcards() {}

    /**
     * Whether every text that {@code narrow} matches is matched by {@code wide}, too: a star of the one can only be matched
     * by a star of the other, so it is enough that {@code wide} matches it as it is written.
     */
    static boolean covers(String wide, String narrow) {
        int w = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < narrow.length()) {
            if (w < wide.length() && wide.charAt(w) == '*') {
                star = w++;
                retry = n;
            } else if (w < wide.length() && wide.charAt(w) == narrow.charAt(n)) {
                w++;
                n++;
            } else if (star >= 0) {
                w = star + 1;
                n = ++retry; // the last star takes one character more
            } else {
                return false;
            }
        }
        while (w < wide.length() && wide.charAt(w) == '*') {
            w++;
        }
        return w == wide.length();
    }
}
