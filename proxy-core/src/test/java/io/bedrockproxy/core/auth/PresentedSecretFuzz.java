package io.bedrockproxy.core.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bedrockproxy.core.http.HeaderList;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any {@code Authorization}: it means what its grammar says, and without the secret nobody is let in. */
class PresentedSecretFuzz {
    private static final String SECRET = "0123456789abcdef:+/=";
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]+)");
    private static final Pattern BASIC = Pattern.compile("(?i:basic) +([^ ].*)?", Pattern.DOTALL);

    private final Authenticator authenticator =
            AuthenticatorTest.authenticator(AuthenticatorTest.client("app", null, SECRET));

    @FuzzTest(maxDuration = "10m")
    void isReadByItsGrammar(byte[] input) {
        String value = new String(input, ISO_8859_1);
        PresentedSecret presented = PresentedSecret.fromAuthorization(value);
        String expected = expected(value);
        if (presented == null) {
            assertThat(expected).isNull();
        } else {
            assertThat(presented.text()).isEqualTo(expected);
            assertThat(presented.isIn(value)).as("what came in is recognised").isTrue();
            assertThat(presented).hasToString("***");
        }
        AuthDecision decision =
                authenticator.authenticate("POST", "/", HeaderList.of("authorization", value), Instant.EPOCH);
        assertThat(decision instanceof AuthDecision.Granted).isEqualTo(SECRET.equals(expected));
    }

    private static @Nullable String expected(String value) {
        Matcher bearer = BEARER.matcher(value);
        if (bearer.matches()) {
            return bearer.group(1);
        }
        Matcher basic = BASIC.matcher(value);
        if (!basic.matches()) {
            return null;
        }
        try {
            String encoded = basic.group(1) == null ? "" : basic.group(1);
            String pair = new String(Base64.getDecoder().decode(encoded.getBytes(US_ASCII)), StandardCharsets.UTF_8);
            String password = pair.substring(pair.indexOf(':') + 1);
            return pair.contains(":") && password.matches("[!-~]+") ? password : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
