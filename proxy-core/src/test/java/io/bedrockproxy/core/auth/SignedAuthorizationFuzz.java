package io.bedrockproxy.core.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any {@code Authorization}: what is understood of it, written down again, is understood in the same way. */
class SignedAuthorizationFuzz {
    @FuzzTest(maxDuration = "10m")
    void meansWhatItsCanonicalFormMeans(byte[] input) {
        String value = new String(input, ISO_8859_1);
        SignedAuthorization parsed = SignedAuthorization.parse(value);
        if (parsed == null) {
            return;
        }
        assertThat(SignedAuthorization.isClaimedBy(value)).isTrue();
        assertThat(parsed.toString()).doesNotContain(parsed.signature());
        assertThat(parsed.signedHeaders()).isSorted().doesNotHaveDuplicates();
        String canonical = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        parsed.accessKeyId(),
                        parsed.scope().text(),
                        String.join(";", parsed.signedHeaders()),
                        parsed.signature());
        assertThat(canonical).matches("[ -~]+");
        assertThat(SignedAuthorization.parse(canonical)).isEqualTo(parsed);
        assertThat(value).as("nothing was made up").contains(parsed.accessKeyId(), parsed.signature());
    }
}
