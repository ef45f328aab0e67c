package io.bedrockproxy.core.auth;

import io.bedrockproxy.core.sigv4.CredentialScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An {@code Authorization} header that holds a signature, taken apart: {@code AWS4-HMAC-SHA256 Credential=ID/SCOPE,
 * SignedHeaders=a;b, Signature=HEX}, with or without spaces behind the commas.
 *
 * @param accessKeyId who signed
 * @param scope what the signature is good for
 * @param signedHeaders lower-case names in ascending order, each once
 * @param signature 64 lower-case hexadecimal digits
 */
record SignedAuthorization(String accessKeyId, CredentialScope scope, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String FAMILY = "AWS4-";
    private static final Set<String> PARTS = Set.of("Credential", "SignedHeaders", "Signature");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(\\w{1,128})/(\\d{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request");

    /** Names of fields (RFC 9110 section 5.6.2) in lower case, and {@code :authority}. */
    private static final Pattern NAME = Pattern.compile(":?[!#$%&'*+.^_`|~0-9a-z-]+");

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    SignedAuthorization {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(signature, "signature");
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** Whether a header claims to be a signature of whatever version. */
    static boolean isClaimedBy(String authorization) {
        return authorization.regionMatches(true, 0, FAMILY, 0, FAMILY.length());
    }

    /** Whether a header names the one algorithm that there is. */
    static boolean isKnownAlgorithm(String authorization) {
        return authorization.startsWith(ALGORITHM + ' ');
    }

    /** Takes a header apart; null when it is anything else than one whole signature. */
    static @Nullable SignedAuthorization parse(String authorization) {
        if (!isKnownAlgorithm(authorization)) {
            return null;
        }
        Map<String, String> parts = parts(authorization.substring(ALGORITHM.length() + 1));
        if (parts == null) {
            return null;
        }
        Matcher credential = CREDENTIAL.matcher(parts.getOrDefault("Credential", ""));
        List<String> names = List.of(parts.getOrDefault("SignedHeaders", "").split(";", -1));
        String signature = parts.getOrDefault("Signature", "");
        if (!credential.matches()
                || !areSorted(names)
                || !SIGNATURE.matcher(signature).matches()) {
            return null;
        }
        CredentialScope scope = new CredentialScope(credential.group(2), credential.group(3), credential.group(4));
        return new SignedAuthorization(credential.group(1), scope, names, signature);
    }

    private static @Nullable Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            if (!PARTS.contains(name)
                    || parts.put(name, part.substring(equals + 1).strip()) != null) {
                return null;
            }
        }
        return parts;
    }

    private static boolean areSorted(List<String> names) {
        String previous = "";
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.compareTo(previous) <= 0) {
                return false;
            }
            previous = name;
        }
        return true;
    }

    /** Shows the id only. */
    @Override
    public String toString() {
        return "SignedAuthorization[accessKeyId=" + accessKeyId + ", ***]";
    }
}
