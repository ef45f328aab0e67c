package io.bedrockproxy.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a case says, in HTTP/2's words: the same method, target, fields and body, however impossible. There is none of a
 * case that is about how HTTP/1 writes a message down: its version, its line ends, its chunks.
 *
 * @param wire the case
 * @param method the value of {@code :method}
 * @param target the value of {@code :path}
 * @param fields names in lower case and values, in their order; Host is left out when it became {@code :authority}
 * @param authority the value of {@code :authority}; empty for none
 * @param body as it was sent
 */
record Http2Twin(WireCase wire, String method, String target, List<Field> fields, String authority, byte[] body) {
    /** One field as text of ISO 8859-1. */
    record Field(String name, String value) {}

    /** Text that the secret takes the place of. */
    private static final String SECRET = "@@SECRET@@";

    /** About chunks, folds, line ends, versions, or HTTP/1's ways to be idle. */
    private static final Set<String> WITHOUT_TWIN = Set.of(
            "B02", "S24", "S27", "S28", "S47", "S77", "S84", "M01", "M02", "M16", "M27", "M28", "M30", "M47", "M48",
            "M51", "M62");

    static Optional<Http2Twin> of(WireCase wire) {
        String text = new String(wire.bytes(SECRET), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        boolean isAboutChunks = wire.toString().contains(" chunk ");
        if (end < 0 || isAboutChunks || WITHOUT_TWIN.contains(wire.id())) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        String requestLine = lines.get(0);
        if (!requestLine.endsWith(" HTTP/1.1")) {
            return Optional.empty();
        }
        int space = requestLine.indexOf(' ');
        String target = requestLine.substring(space + 1, requestLine.length() - " HTTP/1.1".length());
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        List<Field> fields = new ArrayList<>();
        String authority = "";
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            Field field = new Field(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).replaceFirst("^[ \t]+", "").replaceFirst("[ \t]+$", ""));
            if (field.name().equals("host") && authority.isEmpty()) {
                authority = field.value();
            } else {
                fields.add(field);
            }
        }
        return Optional.of(
                new Http2Twin(wire, requestLine.substring(0, space), target, List.copyOf(fields), authority, body));
    }

    /** The text with the secret in its place. */
    static String with(String secret, String text) {
        return text.replace(SECRET, secret);
    }

    /** Whether more of the body is to come than the case sends. */
    boolean stopsHalfWay() {
        return !wire.endsOutput()
                && body.length == 0
                && fields.stream()
                        .anyMatch(field -> field.name().equals("content-length")
                                && !field.value().equals("0"));
    }

    @Override
    public String toString() {
        return wire.toString();
    }
}
