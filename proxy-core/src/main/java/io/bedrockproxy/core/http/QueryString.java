package io.bedrockproxy.core.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request in the one form that is signed and sent: names and values decoded once, encoded strictly, sorted
 * by name. No name stands there twice, as nobody can say which of the two counts. A raw {@code +} is a plus sign (RFC 3986
 * section 3.4; that it stands for a space is a rule of HTML forms). Immutable.
 *
 * @param names the decoded names
 * @param canonical {@code name=value} pairs joined by {@code &}; empty for none
 */
public record QueryString(Set<String> names, String canonical) {
    /** Without any name. */
    public static final QueryString NONE = new QueryString(Set.of(), "");

    private static final int MAX_LENGTH = 4096;

    /** Copies the set. */
    public QueryString {
        names = Set.copyOf(names);
    }

    /**
     * Reads what followed the question mark.
     *
     * @param raw null when there was none
     * @return null for one that is too long, holds a name twice or an empty one, bad percent-encoding, or characters that
     *     are not visible ASCII
     */
    public static @Nullable QueryString parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        if (raw.length() > MAX_LENGTH) {
            return null;
        }
        Set<String> names = new HashSet<>();
        TreeMap<String, String> encoded = new TreeMap<>();
        for (String part : parts(raw)) {
            int equals = part.indexOf('=');
            String name = PercentEncoding.decode(equals < 0 ? part : part.substring(0, equals));
            String value = PercentEncoding.decode(equals < 0 ? "" : part.substring(equals + 1));
            if (name == null || name.isEmpty() || value == null || !isVisible(name) || !isVisible(value)) {
                return null;
            }
            if (!names.add(name)) {
                return null;
            }
            encoded.put(PercentEncoding.encode(name), PercentEncoding.encode(value));
        }
        return new QueryString(
                names,
                encoded.entrySet().stream()
                        .map(pair -> pair.getKey() + '=' + pair.getValue())
                        .collect(Collectors.joining("&")));
    }

    /** The canonical form of what is left without these names. */
    public String without(Set<String> dropped) {
        if (dropped.stream().noneMatch(names::contains)) {
            return canonical;
        }
        Set<String> encoded = dropped.stream().map(PercentEncoding::encode).collect(Collectors.toSet());
        return parts(canonical).stream()
                .filter(pair -> !encoded.contains(pair.substring(0, pair.indexOf('='))))
                .collect(Collectors.joining("&"));
    }

    /** Empty ones, as of a trailing {@code &}, say nothing. */
    private static List<String> parts(String raw) {
        List<String> parts = new ArrayList<>();
        for (String part : raw.split("&", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** A space may be one; what is beyond ASCII has more than one reading, and no name or value of AWS's has it. */
    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
