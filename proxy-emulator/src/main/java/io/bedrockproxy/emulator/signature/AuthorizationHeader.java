package io.bedrockproxy.emulator.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@code AWS4-HMAC-SHA256 Credential=.../date/region/service/aws4_request, SignedHeaders=..., Signature=...}.
 */
record AuthorizationHeader(
        String accessKeyId,
        String date,
        String region,
        String service,
        String terminator,
        List<String> signedHeaders,
        String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** Takes the value apart; null when a part is missing ({@link #complaint} says which). */
    static @Nullable AuthorizationHeader parse(String value) {
        Map<String, String> parts = parts(value);
        String credential = parts.get("Credential");
        String signedHeaders = parts.get("SignedHeaders");
        String signature = parts.get("Signature");
        if (credential == null || signedHeaders == null || signature == null) {
            return null;
        }
        String[] scope = credential.split("/", -1);
        if (scope.length != 5) {
            return null;
        }
        return new AuthorizationHeader(
                scope[0], scope[1], scope[2], scope[3], scope[4], List.of(signedHeaders.split(";", -1)), signature);
    }

    /** AWS's words about what an unparsable value lacks. */
    static String complaint(String value) {
        Map<String, String> parts = parts(value);
        StringBuilder text = new StringBuilder();
        for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
            if (!parts.containsKey(name)) {
                text.append("Authorization header requires '").append(name).append("' parameter. ");
            }
        }
        if (text.isEmpty()) {
            text.append(
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term. ");
        }
        return text.append("(Hashed with SHA-256 and encoded with Base64)").toString();
    }

    private static Map<String, String> parts(String value) {
        Map<String, String> parts = new HashMap<>();
        if (!value.startsWith(ALGORITHM)) {
            return parts;
        }
        for (String part : value.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }

    /** {@code date/region/service/terminator}. */
    String scope() {
        return date + '/' + region + '/' + service + '/' + terminator;
    }
}
