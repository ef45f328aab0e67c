package io.bedrockproxy.core.sigv4;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A request made of everything that canonicalisation has a rule for, as random as a seed.
 *
 * @param path the wire path; at times with characters that java.net.URI, and so the SDK, refuses
 * @param parameters the decoded query parameters, in wire order
 * @param query the same parameters on the wire, some octets encoded without need
 */
record RandomRequest(
        String method,
        String host,
        int port,
        String path,
        List<String[]> parameters,
        String query,
        List<String[]> headers,
        String body,
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        String region,
        String service,
        Instant now) {
    private static final String UNRESERVED = "abcXYZ059-._~";
    private static final String SUB_DELIMS = "!$&'()*+,;=:@";
    private static final String REFUSED_BY_URI = "|\\^{}[] \"<>`";
    private static final String ANY = UNRESERVED + SUB_DELIMS + "/?%#é☃\uD83D\uDE00";
    private static final String[] HEADER_NAMES = {"content-type", "x-amzn-bedrock-trace", "x-a", "x-a-b", "x-ab", "x-z"
    };
    private static final String[] WHITE_SPACE = {" ", "  ", "\t", " \t "};

    static RandomRequest next(Random random) {
        List<String[]> parameters = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String[] pair = {text(random, ANY, 1 + random.nextInt(3)), text(random, ANY, random.nextInt(5))};
            parameters.add(pair);
            query.append(query.isEmpty() ? "" : "&").append(encoded(random, pair[0]));
            query.append(pair[1].isEmpty() && random.nextBoolean() ? "" : "=" + encoded(random, pair[1]));
        }
        return new RandomRequest(
                pick(random, "POST", "GET", "PUT", "DELETE"),
                pick(random, "bedrock-runtime.us-east-1.amazonaws.com", "localhost", "127.0.0.1"),
                random.nextBoolean() ? 443 : 1024 + random.nextInt(60000),
                path(random),
                parameters,
                query.toString(),
                headers(random),
                text(random, ANY, random.nextInt(5) == 0 ? 0 : random.nextInt(300)),
                "AKIA" + text(random, "ABCDEFGHIJ0123456789", 16),
                text(random, "abcdefXYZ0123456789+/", 40),
                random.nextInt(3) == 0 ? "" : text(random, "abcdefXYZ0123456789+/=", 1 + random.nextInt(1500)),
                pick(random, "us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1"),
                pick(random, "bedrock", "bedrock-mantle", "sts"),
                Instant.ofEpochSecond(1_600_000_000L + random.nextInt(700_000_000)));
    }

    byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** Dot segments never climb above the root: there the SDK keeps them, which the vectors call wrong. */
    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append('/');
            int kind = random.nextInt(100);
            if (kind < 10 && depth > 0) {
                path.append("..");
                depth--;
            } else if (kind < 20) {
                path.append('.');
            } else if (kind < 28 && depth > 0) {
                path.append("/");
            } else {
                path.append(segment(random, kind));
                depth++;
            }
        }
        return path.append(path.isEmpty() || random.nextInt(4) == 0 ? "/" : "").toString();
    }

    private static String segment(Random random, int kind) {
        StringBuilder segment = new StringBuilder("m");
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> segment.append(text(random, UNRESERVED, 1));
                case 1 -> segment.append(text(random, SUB_DELIMS, 1));
                default -> segment.append(triplet(random, random.nextInt(256)));
            }
        }
        return segment.append(kind > 97 ? text(random, REFUSED_BY_URI, 1) : "").toString();
    }

    private static List<String[]> headers(Random random) {
        List<String[]> headers = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            StringBuilder value = new StringBuilder();
            for (int words = random.nextInt(4); words > 0; words--) {
                value.append(random.nextInt(3) == 0 ? pick(random, WHITE_SPACE) : "");
                value.append(text(random, UNRESERVED + SUB_DELIMS + "\"", 1 + random.nextInt(6)));
                value.append(random.nextInt(3) == 0 ? pick(random, WHITE_SPACE) : "");
            }
            headers.add(new String[] {pick(random, HEADER_NAMES), value.toString()});
        }
        return headers;
    }

    private static String encoded(Random random, String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean mayStayRaw = octet > 0 && (UNRESERVED + "!$'()*,;:@/?").indexOf(octet) >= 0;
            out.append(mayStayRaw && random.nextBoolean() ? (char) octet : triplet(random, octet & 0xff));
        }
        return out.toString();
    }

    private static String triplet(Random random, int octet) {
        return String.format(random.nextBoolean() ? "%%%02X" : "%%%02x", octet);
    }

    private static String text(Random random, String alphabet, int length) {
        int[] symbols = alphabet.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.appendCodePoint(symbols[random.nextInt(symbols.length)]);
        }
        return out.toString();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
