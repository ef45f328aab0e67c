package io.bedrockproxy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDigestTest {
    @Test
    void isTheSha256OfTheSecret() {
        byte[] digest = new SecretHasher(new byte[32]).digest("abc");
        assertThat(HexFormat.of().formatHex(digest))
                .as("FIPS 180-2, appendix B.1")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void keepsItsOwnCopy() {
        byte[] bytes = new byte[32];
        SecretDigest digest = SecretDigest.ofSha256(bytes);
        bytes[0] = 1;
        assertThat(digest.bytes()[0]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesWhatIsNoSha256(int length) {
        assertThatThrownBy(() -> SecretDigest.ofSha256(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length: " + length + " (expected: 32)");
    }

    @Test
    void standsElsewhereUnderEveryKey() {
        byte[] digest = new byte[32];
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        assertThat(new SecretHasher(new byte[32]).lookup(digest))
                .isEqualTo(new SecretHasher(new byte[32]).lookup(digest))
                .isNotEqualTo(new SecretHasher(otherKey).lookup(digest));
    }
}
