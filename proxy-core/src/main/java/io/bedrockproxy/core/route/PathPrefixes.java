package io.bedrockproxy.core.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes off what clients are configured to put in front of a path, and completes what they leave out: the one place where
 * a path may be another than the one that goes upstream. Literal text only; nothing is decoded.
 */
final class PathPrefixes {
    private static final String V1 = "/v1";
    private static final String MANTLE = "/mantle";

    /** What stands behind {@code /v1} for clients that were given no more than the proxy's URL. */
    private static final List<String> OPENAI = List.of("/chat/completions", "/responses", "/models");

    private static final String MESSAGES = "/messages";

    private final List<String> configured;

    /** @param configured longest first */
    PathPrefixes(List<String> configured) {
        this.configured = configured;
    }

    /** The path as a row of the table has it. */
    String strip(String path) {
        String rest = path;
        for (String prefix : configured) {
            String behind = behind(path, prefix);
            if (behind != null) {
                rest = behind;
                break;
            }
        }
        String behindMantle = behind(rest, MANTLE);
        if (behindMantle != null) {
            return MANTLE + behindMantle;
        }
        String behindV1 = behind(rest, V1);
        return behindV1 == null ? rest : withoutV1(rest, behindV1);
    }

    private static String withoutV1(String path, String behind) {
        if (behind.startsWith("/model/")) {
            return behind;
        }
        if (begins(behind, MESSAGES)) {
            return "/anthropic/v1" + behind;
        }
        return OPENAI.stream().anyMatch(api -> begins(behind, api)) ? "/openai/v1" + behind : path;
    }

    /** With whole segments. */
    private static boolean begins(String path, String start) {
        return path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/');
    }

    /** Only here are leading slashes collapsed: this is where an endpoint with a trailing slash puts them. */
    private static @Nullable String behind(String path, String prefix) {
        if (!path.startsWith(prefix) || !path.startsWith("/", prefix.length())) {
            return null;
        }
        int start = prefix.length();
        while (path.startsWith("//", start)) {
            start++;
        }
        return path.substring(start);
    }
}
