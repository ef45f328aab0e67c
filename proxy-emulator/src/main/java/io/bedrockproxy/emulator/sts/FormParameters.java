package io.bedrockproxy.emulator.sts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a {@code application/x-www-form-urlencoded} body. */
final class FormParameters {
    private FormParameters() {}

    static Map<String, String> parse(byte[] body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a bad encoding stands for itself
        }
    }
}
