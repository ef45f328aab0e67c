package io.bedrockproxy.core.sigv4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where our canonical request differs from the one that AWS made of the bytes it received, which it tells when it
 * refuses a signature. Shows the number and the name of a line and the lengths, never a value: one of the values is the
 * security token.
 *
 * @param lines those that differ, in the order of AWS's; empty when none does
 */
public record CanonicalDiff(List<Line> lines) {
    private static final String BEGIN = "The Canonical String for this request should have been\n'";
    private static final String END = "'\n\nThe String-to-Sign should have been";
    private static final int HEAD_LINES = 3;
    private static final int TAIL_LINES = 3;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_LINES = 10;
    private static final int ABSENT = -1;

    /**
     * One line that differs.
     *
     * @param number its number in AWS's canonical request, or in ours when AWS has no such line
     * @param name {@code method}, {@code path}, {@code query}, {@code signed-headers}, {@code payload-hash}, or the name
     *     of the header
     * @param ourLength characters of our value; -1 when we have none
     * @param awsLength characters of AWS's value; -1 when it has none
     */
    public record Line(int number, String name, int ourLength, int awsLength) {
        @Override
        public String toString() {
            return "line " + number + " (" + name + "): ours " + length(ourLength) + ", AWS's " + length(awsLength);
        }

        private static String length(int length) {
            return length < 0 ? "absent" : length + " characters";
        }
    }

    /** Copies the list. */
    public CanonicalDiff {
        lines = List.copyOf(lines);
    }

    /**
     * Compares.
     *
     * @param ours our canonical request
     * @param message AWS's words
     * @return null when they hold no canonical request
     */
    static @Nullable CanonicalDiff of(String ours, String message) {
        int begin = message.indexOf(BEGIN);
        int end = begin < 0 ? -1 : message.indexOf(END, begin + BEGIN.length());
        if (end < 0) {
            return null;
        }
        String theirs = message.substring(begin + BEGIN.length(), end);
        return theirs.lines().count() < HEAD_LINES + TAIL_LINES ? null : between(named(ours), named(theirs));
    }

    private static CanonicalDiff between(Map<String, Numbered> ours, Map<String, Numbered> theirs) {
        Set<String> names = new LinkedHashSet<>(theirs.keySet());
        names.addAll(ours.keySet());
        List<Line> lines = new ArrayList<>();
        for (String name : names) {
            Numbered our = ours.get(name);
            Numbered their = theirs.get(name);
            if (our == null || their == null || !our.value().equals(their.value())) {
                int number = their != null ? their.number() : our != null ? our.number() : 0;
                lines.add(new Line(number, printable(name), lengthOf(our), lengthOf(their)));
            }
        }
        return new CanonicalDiff(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
    }

    /** The values by the names of their lines; a header's begins with a colon here, so that none is called "path". */
    private static Map<String, Numbered> named(String canonicalRequest) {
        List<String> lines = Arrays.asList(canonicalRequest.split("\n", -1));
        int last = lines.size() - 1;
        Map<String, Numbered> named = new LinkedHashMap<>();
        named.put("method", new Numbered(1, lines.get(0)));
        named.put("path", new Numbered(2, lines.get(1)));
        named.put("query", new Numbered(HEAD_LINES, lines.get(2)));
        for (int i = HEAD_LINES; i <= last - TAIL_LINES; i++) {
            String line = lines.get(i);
            int colon = Math.max(line.indexOf(':'), 0);
            named.putIfAbsent(':' + line.substring(0, colon), new Numbered(i + 1, line.substring(colon)));
        }
        named.put("signed-headers", new Numbered(last, lines.get(last - 1)));
        named.put("payload-hash", new Numbered(last + 1, lines.get(last)));
        return named;
    }

    /** A value and the number of its line. */
    private record Numbered(int number, String value) {}

    private static int lengthOf(@Nullable Numbered line) {
        if (line == null) {
            return ABSENT;
        }
        return line.value().startsWith(":")
                ? line.value().length() - 1
                : line.value().length();
    }

    /** The name of a header; anything else in its place is not told. */
    private static String printable(String name) {
        String bare = name.startsWith(":") ? name.substring(1) : name;
        boolean isName = !bare.isEmpty()
                && bare.length() <= LONGEST_NAME
                && bare.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
        return isName ? bare : "unnamed";
    }

    /** The names of the lines: the same for each request that has this fault. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.add(line.name()));
        return Collections.unmodifiableSet(names);
    }

    /** What to read in a log. */
    @Override
    public String toString() {
        return lines.isEmpty()
                ? "no line differs: the secret access key is not that of the access key id, or the scope differs"
                : lines.stream().map(Line::toString).collect(Collectors.joining("; "));
    }
}
