package io.bedrockproxy.emulator.signature;

import io.bedrockproxy.emulator.http.PercentDecoder;
import io.bedrockproxy.emulator.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical request of a received head, written out from the SigV4 specification: AWS quotes it when a signature
 * is wrong, and the SDK's signer does not hand its own out.
 */
final class CanonicalText {
    private static final String HEX = "0123456789ABCDEF";

    private CanonicalText() {}

    /** The canonical request with exactly these signed headers, in the order in which they were listed. */
    static String of(RequestHead head, List<String> signedHeaders, String payloadHash) {
        String headers = signedHeaders.stream()
                .map(name -> name + ':' + value(head, name) + '\n')
                .collect(Collectors.joining());
        return head.method()
                + '\n'
                + path(head.path())
                + '\n'
                + query(head.query())
                + '\n'
                + headers
                + '\n'
                + String.join(";", signedHeaders)
                + '\n'
                + payloadHash;
    }

    private static String value(RequestHead head, String name) {
        // The AWS SDK for JavaScript signs the HTTP/2 name of the host header.
        String received = name.equals(":authority") ? "host" : name;
        return head.headerValues(received).stream()
                .map(value -> value.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(","));
    }

    /** Dot and empty segments removed from the text as received, then every reserved byte encoded once more. */
    static String path(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String normal = '/' + String.join("/", kept);
        String last = segments[segments.length - 1];
        boolean slash = !kept.isEmpty() && (last.isEmpty() || last.equals(".") || last.equals(".."));
        return encode(slash ? normal + '/' : normal, "/");
    }

    /** Parameters decoded, encoded strictly, sorted by name and value. */
    static String query(String query) {
        List<String[]> parameters = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.add(
                        new String[] {encode(PercentDecoder.decode(name), ""), encode(PercentDecoder.decode(value), "")
                        });
            }
        }
        parameters.sort(Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]));
        return parameters.stream().map(pair -> pair[0] + '=' + pair[1]).collect(Collectors.joining("&"));
    }

    private static String encode(String text, String alsoKept) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (unreserved || alsoKept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
