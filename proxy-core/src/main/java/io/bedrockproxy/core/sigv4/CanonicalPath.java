package io.bedrockproxy.core.sigv4;

import io.bedrockproxy.core.http.PercentEncoding;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The canonical URI of every service but S3: the wire path without dot and empty segments, percent-encoded once more.
 * So a {@code %3A} on the wire becomes {@code %253A}; decoding it first is the usual cause of a 403 from Bedrock.
 */
final class CanonicalPath {
    private CanonicalPath() {}

    static String of(String wirePath) {
        return PercentEncoding.encodePath(isNormal(wirePath) ? wirePath : normalize(wirePath));
    }

    /** Whether there is nothing to remove; a segment such as {@code .hidden} merely takes the slow way round. */
    private static boolean isNormal(String path) {
        return path.startsWith("/") && !path.contains("//") && !path.contains("/.");
    }

    /**
     * RFC 3986 section 5.2.4 with two habits of all AWS signers: empty segments go, and a path ends in a slash only if
     * it came with one. {@code %2E} is no dot here.
     */
    private static String normalize(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String joined = '/' + String.join("/", kept);
        return path.endsWith("/") && !kept.isEmpty() ? joined + '/' : joined;
    }
}
