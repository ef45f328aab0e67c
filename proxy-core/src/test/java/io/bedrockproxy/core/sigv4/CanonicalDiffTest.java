package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a difference, and what is not. */
class CanonicalDiffTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:34:56Z");
    private static final String TOKEN = "session-token-value";
    private static final SessionCredentials CREDENTIALS =
            new SessionCredentials("ASIDEXAMPLE", "secret-access-key", TOKEN, null);
    private static final SignableRequest REQUEST = new SignableRequest(
            "POST",
            "/model/a%3A0/invoke",
            "max=query-value",
            List.of(new Header("host", "bedrock.example"), new Header("content-type", "application/json")),
            PayloadHash.EMPTY);
    private static final String OURS = """
            POST
            /model/a%253A0/invoke
            max=query-value
            content-type:application/json
            host:bedrock.example
            x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            x-amz-date:20260115T123456Z
            x-amz-security-token:session-token-value

            content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""";

    private final SigV4Signer signer = new SigV4Signer(new SigningKeyCache());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | PUT | line 1 (method): ours 4 characters, AWS's 3 characters",
                "%253A0 | %3A0 | line 2 (path): ours 21 characters, AWS's 19 characters",
                "max=query-value | max= | line 3 (query): ours 15 characters, AWS's 4 characters",
                "host:bedrock.example | host:x | line 5 (host): ours 15 characters, AWS's 1 characters",
                "token-value | token | line 8 (x-amz-security-token): ours 19 characters, AWS's 13 characters",
                "date;x-amz-s | date;x-s | line 10 (signed-headers): ours 70 characters, AWS's 66 characters",
                "b855\" | b856\" | line 11 (payload-hash): ours 64 characters, AWS's 64 characters",
            })
    void namesTheLineThatDiffers(String from, String to, String told) {
        String theirs = (OURS + '"').replace(from, to);

        CanonicalDiff diff = explain(refusal(theirs.substring(0, theirs.length() - 1)));

        assertThat(diff).hasToString(told);
    }

    @Test
    void namesHeadersThatOneSideLacks() {
        String theirs = OURS.replace("content-type:application/json\n", "").replace("\n\n", "\nx-extra:value\n\n");

        CanonicalDiff diff = explain(refusal(theirs));

        assertThat(diff)
                .hasToString("line 8 (x-extra): ours absent, AWS's 5 characters;"
                        + " line 4 (content-type): ours 16 characters, AWS's absent");
    }

    @Test
    void saysThatNoLineDiffers() {
        CanonicalDiff diff = explain(refusal(OURS));

        assertThat(diff.lines()).isEmpty();
        assertThat(diff.toString()).startsWith("no line differs: the secret access key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The request signature we calculated does not match the signature you provided.",
                "The Canonical String for this request should have been\n'POST",
                "The Canonical String for this request should have been\n'POST\n/'\n\nThe String-to-Sign should have been"
            })
    void findsNothingWhereThereIsNoCanonicalString(String message) {
        assertThat(signer.explain(REQUEST, CREDENTIALS, NOW, message)).isNull();
    }

    @Test
    void neverTellsAValue() {
        String theirs = OURS.replace("session-token-value", "other-token-value")
                .replace("query-value", "other-query")
                .replace("application/json", "Other-Type")
                .replace("\n\n", "\nother value without a name\nX Y:other\n" + "n".repeat(65) + ":other\n\n");

        CanonicalDiff diff = explain(refusal(theirs));

        assertThat(diff.toString())
                .contains("line 9 (unnamed)", "(x-amz-security-token)", "(query)", "(content-type)")
                .doesNotContainIgnoringCase("other")
                .doesNotContain("session-token", "query-value", "json", "X Y", "nnn", "secret-access-key");
        assertThat(diff.names()).contains("x-amz-security-token", "unnamed");
    }

    @Test
    void saysTenThingsAtMost() {
        StringBuilder extra = new StringBuilder("\n");
        for (int i = 0; i < 1000; i++) {
            extra.append("x-").append(i).append(":v\n");
        }

        assertThat(explain(refusal(OURS.replace("\n\n", extra + "\n"))).lines()).hasSize(10);
    }

    private CanonicalDiff explain(String message) {
        CanonicalDiff diff = signer.explain(REQUEST, CREDENTIALS, NOW, message);
        assertThat(diff).isNotNull();
        return java.util.Objects.requireNonNull(diff);
    }

    private static String refusal(String canonical) {
        return "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                + " Access Key and signing method. Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'" + canonical + "'\n\n"
                + "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260115T123456Z\n"
                + "20260115/us-east-1/bedrock/aws4_request\n00'\n";
    }
}
