package io.bedrockproxy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways out for a secret; the ways in are {@link AuthenticatorTest}'s. */
class PresentedSecretTest {
    private final PresentedSecret secret = new PresentedSecret("0123456789abcd:+=");

    @ParameterizedTest
    @CsvSource({
        "as it is, 0123456789abcd:+=, true",
        "in the middle, x0123456789abcd:+=y, true",
        "not whole, 0123456789abcd:+, false",
        "other case, 0123456789ABCD:+=, false",
        "empty, '', false"
    })
    void isFoundInAValue(String name, String value, boolean expected) {
        assertThat(secret.isIn(value)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "as it is, /model/0123456789abcd:+=/invoke, true",
        "as the router rebuilds it, /model/0123456789abcd%3A%2B%3D/invoke, true",
        "inside an id, /model/amazon.0123456789abcd%3A%2B%3Dx/invoke, true",
        "elsewhere, /model/amazon.nova-lite-v1%3A0/invoke, false"
    })
    void isFoundInAPath(String name, String path, boolean expected) {
        assertThat(secret.isInPath(path)).as(name).isEqualTo(expected);
    }

    /** Whoever has the base64 form has the secret. */
    @Test
    void isFoundInTheFormInWhichItCame() {
        PresentedSecret password = Objects.requireNonNull(PresentedSecret.fromAuthorization("Basic dXNlcjpzM2NyZXQ="));

        assertThat(password.text()).isEqualTo("s3cret");
        assertThat(password.isIn("x s3cret")).isTrue();
        assertThat(password.isIn("Basic dXNlcjpzM2NyZXQ=")).isTrue();
        assertThat(password.isInPath("/model/dXNlcjpzM2NyZXQ%3D/invoke")).isTrue();
        assertThat(password.isIn("dXNlcjpv")).isFalse();
    }

    @Test
    void isFoundInANameWithoutCase() {
        PresentedSecret mixed = new PresentedSecret("0123456789ABcdEF");
        assertThat(mixed.isInName("x-amzn-bedrock-0123456789abcdef")).isTrue();
        assertThat(mixed.isInName("x-amzn-bedrock-0123456789abcde")).isFalse();
    }

    @Test
    void cannotPrint() {
        assertThat(secret).hasToString("***");
    }
}
