package io.bedrockproxy.server.config.hocon;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the key that somebody probably meant. */
public final class NearestKey {
    private NearestKey() {}

    /**
     * The known key that begins so or else has the smallest edit distance, the alphabetically first of several.
     *
     * @param known at least one
     */
    public static String to(String written, Collection<String> known) {
        String wanted = plain(written);
        return known.stream()
                .min(Comparator.<String>comparingInt(
                                key -> plain(key).startsWith(wanted) ? 0 : distance(wanted, plain(key)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** {@code roleArn}, {@code role_arn} and {@code ROLE-ARN} are no distance from {@code role-arn}. */
    private static String plain(String key) {
        return key.replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** Levenshtein's distance with two rows. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
