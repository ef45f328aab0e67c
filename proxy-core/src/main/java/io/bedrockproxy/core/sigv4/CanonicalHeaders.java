package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Headers in canonical form: sorted by lower-case name, one line per name, values trimmed and joined. */
final class CanonicalHeaders {
    private static final String WHITE_SPACE = " \t\n\u000b\f\r";

    private final List<Header> sorted;

    private CanonicalHeaders(List<Header> sorted) {
        this.sorted = sorted;
    }

    static CanonicalHeaders of(List<Header> headers) {
        List<Header> sorted = new ArrayList<>(headers.size());
        for (Header header : headers) {
            insert(sorted, lowerCase(header));
        }
        return new CanonicalHeaders(sorted);
    }

    /** Appends {@code name:value\n} for each name; the values of one name are joined with a comma in wire order. */
    void appendLines(Utf8Buffer out) {
        String previous = "";
        for (Header header : sorted) {
            if (header.name().equals(previous)) {
                out.chop();
                out.append(',');
            } else {
                out.append(header.name()).append(':');
            }
            appendTrimmed(out, header.value());
            out.append('\n');
            previous = header.name();
        }
    }

    /** The names, each once, with semicolons between. */
    String names() {
        StringBuilder out = new StringBuilder(128);
        String previous = "";
        for (Header header : sorted) {
            if (!header.name().equals(previous)) {
                out.append(out.isEmpty() ? "" : ";").append(header.name());
                previous = header.name();
            }
        }
        return out.toString();
    }

    /** Insertion keeps equal names in wire order, and beats a general sort at the handful of headers that are signed. */
    private static void insert(List<Header> sorted, Header header) {
        int at = sorted.size();
        while (at > 0 && sorted.get(at - 1).name().compareTo(header.name()) > 0) {
            at--;
        }
        sorted.add(at, header);
    }

    private static Header lowerCase(Header header) {
        String lower = header.name().toLowerCase(Locale.ROOT);
        return lower.equals(header.name()) ? header : new Header(lower, header.value());
    }

    private static void appendTrimmed(Utf8Buffer out, String value) {
        out.append(hasWhiteSpace(value) ? trim(value) : value);
    }

    /** Drops white space at both ends and makes each run of it one space, inside quotes too. */
    private static String trim(String value) {
        StringBuilder out = new StringBuilder(value.length());
        boolean isPending = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (WHITE_SPACE.indexOf(c) >= 0) {
                isPending = !out.isEmpty();
                continue;
            }
            if (isPending) {
                out.append(' ');
                isPending = false;
            }
            out.append(c);
        }
        return out.toString();
    }

    /** Six vectorised searches, which take a third of the time of one loop over a security token. */
    private static boolean hasWhiteSpace(String value) {
        for (int i = 0; i < WHITE_SPACE.length(); i++) {
            if (value.indexOf(WHITE_SPACE.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
