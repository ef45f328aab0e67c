package io.bedrockproxy.core.sigv4;

import static io.bedrockproxy.core.sigv4.SignatureRefusal.Cause.CREDENTIALS;
import static io.bedrockproxy.core.sigv4.SignatureRefusal.Cause.OTHER;
import static io.bedrockproxy.core.sigv4.SignatureRefusal.Cause.SIGNATURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.sigv4.SignatureRefusal.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "ExpiredTokenException, CREDENTIALS",
        "ExpiredToken, CREDENTIALS",
        "UnrecognizedClientException, CREDENTIALS",
        "InvalidClientTokenId, CREDENTIALS",
        "InvalidAccessKeyId, CREDENTIALS",
        "ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/, CREDENTIALS",
        "com.amazon.coral.service#ExpiredTokenException, CREDENTIALS",
        "com.amazon.coral.service#UnrecognizedClientException:http://internal.amazon.com/a#b, CREDENTIALS",
        "InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/, SIGNATURE",
        "SignatureDoesNotMatch, SIGNATURE",
        "RequestExpired, SIGNATURE",
        "RequestTimeTooSkewed, SIGNATURE",
        "AccessDeniedException, OTHER",
        "ValidationException, OTHER",
        "NotExpiredTokenException, OTHER",
        "'', OTHER",
    })
    void readsTheNameInEachOfItsForms(String errorType, Cause cause) {
        assertThat(SignatureRefusal.of(errorType, bytes("{}")).cause()).isEqualTo(cause);
        assertThat(SignatureRefusal.isPossible(403, errorType)).isEqualTo(cause != OTHER);
        assertThat(SignatureRefusal.isPossible(400, errorType)).isEqualTo(cause != OTHER);
        assertThat(SignatureRefusal.isPossible(200, errorType)).isFalse();
        assertThat(SignatureRefusal.isPossible(503, errorType)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__type\":\"ExpiredTokenException\"}",
                "{\"__type\":\"com.amazon.coral.service#ExpiredTokenException\",\"message\":\"x\"}",
                "{\"Message\":\"x\",\"code\":\"ExpiredToken\"}",
                "{\"a\":{\"__type\":\"AccessDeniedException\"},\"b\":[{}],\"code\":\"ExpiredToken\"}",
                "{\"__type\":\"ExpiredTokenException\",\"message\":"
            })
    void readsTheNameInTheBodyWhenTheHeadHasNone(String body) {
        assertThat(SignatureRefusal.isPossible(403, null)).isTrue();
        assertThat(of(null, body).cause()).isEqualTo(CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>ExpiredToken</html>",
                "[\"__type\",\"ExpiredToken\"]",
                "\"ExpiredToken\"",
                "{\"__type\":{\"__type\":\"ExpiredToken\"}}",
                "{\"__type\":\"AccessDeniedException\",\"code\":\"ExpiredToken\"}"
            })
    void findsNoNameWhereThereIsNone(String body) {
        assertThat(of(null, body).cause()).isEqualTo(OTHER);
    }

    @Test
    void believesTheHeadMoreThanTheBody() {
        assertThat(of("InvalidSignatureException", "{\"__type\":\"ExpiredToken\"}")
                        .cause())
                .isEqualTo(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Signature expired: 2026 is now earlier than", "Signature not yet current: 2026 is still"})
    void knowsTheWordsForAWrongDate(String message) {
        assertThat(of(null, "{\"message\":\"" + message + "\"}").cause()).isEqualTo(SIGNATURE);
    }

    @Test
    void keepsTheWordsAndDoesNotPrintThem() {
        SignatureRefusal refusal = of("SignatureDoesNotMatch", "{\"Message\":\"token\"}");

        assertThat(refusal.message()).isEqualTo("token");
        assertThat(refusal.toString()).doesNotContain("token");
    }

    private static SignatureRefusal of(@Nullable String errorType, String body) {
        return SignatureRefusal.of(errorType, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
