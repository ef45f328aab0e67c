package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical query string: pairs decoded and encoded strictly, then sorted by encoded name and value. A raw
 * {@code +} is a plus sign here; signers disagree about it, so it must not be sent raw.
 */
final class CanonicalQuery {
    private static final Comparator<Pair> ORDER =
            Comparator.comparing(Pair::name).thenComparing(Pair::value);

    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private CanonicalQuery() {}

    static String of(String wireQuery) {
        if (wireQuery.isEmpty()) {
            return "";
        }
        List<Pair> pairs = new ArrayList<>();
        for (String part : wireQuery.split("&", -1)) {
            if (!part.isEmpty()) {
                pairs.add(Pair.of(part));
            }
        }
        pairs.sort(ORDER);
        return pairs.stream().map(Pair::text).collect(Collectors.joining("&"));
    }

    /**
     * One query parameter, strictly encoded, which also makes its characters sort as bytes.
     *
     * @param name what stands before the first {@code =}
     * @param value what stands after it; empty when there is none
     */
    private record Pair(String name, String value) {
        static Pair of(String part) {
            int equals = part.indexOf('=');
            return equals < 0
                    ? new Pair(recode(part), "")
                    : new Pair(recode(part.substring(0, equals)), recode(part.substring(equals + 1)));
        }

        String text() {
            return name + '=' + value;
        }
    }

    /** Decodes each well-formed triplet, then encodes every octet that is not unreserved. */
    private static String recode(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(octets.length + 16);
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i] & 0xff;
            if (octet == '%' && isHexDigit(octets, i + 1) && isHexDigit(octets, i + 2)) {
                octet = (HexFormat.fromHexDigit(octets[i + 1]) << 4) | HexFormat.fromHexDigit(octets[i + 2]);
                i += 2;
            }
            if (PercentEncoding.isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(UPPER_HEX.toHexDigits((byte) octet));
            }
        }
        return out.toString();
    }

    private static boolean isHexDigit(byte[] octets, int index) {
        return index < octets.length && HexFormat.isHexDigit(octets[index]);
    }
}
