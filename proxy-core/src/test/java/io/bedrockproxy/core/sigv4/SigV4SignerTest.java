package io.bedrockproxy.core.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockproxy.core.credentials.SessionCredentials;
import io.bedrockproxy.core.http.Header;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigV4SignerTest {
    private static final Header HOST = new Header("host", "bedrock-runtime.us-east-1.amazonaws.com");
    private static final Instant NOW = Instant.parse("2026-01-15T23:59:59.999Z");
    private static final SessionCredentials ONE = new SessionCredentials("AKIDONE", "secret-one", "token-one", null);
    private static final SessionCredentials TWO = new SessionCredentials("AKIDTWO", "secret-two", null, null);

    private final SigV4Signer signer = new SigV4Signer(new SigningKeyCache());

    @Test
    void handsOutTheHeadersThatMustTravel() {
        Map<String, String> headers = new LinkedHashMap<>();

        SignedHeaders signed = sign(ONE, NOW, HOST);
        signed.forEach(headers::put);

        assertThat(headers)
                .containsExactly(
                        Map.entry("authorization", signed.authorization()),
                        Map.entry("x-amz-date", "20260115T235959Z"),
                        Map.entry("x-amz-security-token", "token-one"),
                        Map.entry("x-amz-content-sha256", PayloadHash.EMPTY.hex()));
    }

    @Test
    void sendsNoTokenForLongLivedKeys() {
        SignedHeaders signed = sign(TWO, NOW, HOST);

        signed.forEach((name, value) -> assertThat(name).isNotEqualTo("x-amz-security-token"));
        assertThat(signed.authorization()).contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date,");
    }

    @Test
    void ignoresHeadersThatItSetsItself() {
        SignedHeaders signed = sign(
                ONE,
                NOW,
                HOST,
                new Header("x-amz-date", "20000101T000000Z"),
                new Header("x-amz-security-token", "stolen"),
                new Header("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
                new Header("authorization", "Bearer secret"));

        assertThat(signed).isEqualTo(sign(ONE, NOW, HOST));
    }

    @Test
    void alternatesBetweenCredentialsAndDays() {
        SignedHeaders first = sign(ONE, NOW, HOST);
        SignedHeaders other = sign(TWO, NOW, HOST);
        SignedHeaders nextDay = sign(ONE, NOW.plusMillis(1), HOST);

        assertThat(nextDay.authorization()).contains("Credential=AKIDONE/20260116/us-east-1/bedrock/aws4_request");
        assertThat(other.authorization()).contains("Credential=AKIDTWO/20260115/us-east-1/bedrock/aws4_request");
        assertThat(sign(ONE, NOW, HOST)).isEqualTo(first);
        assertThat(sign(TWO, NOW, HOST)).isEqualTo(other);
    }

    @Test
    void printsNeitherSignatureNorToken() {
        SignedHeaders signed = sign(ONE, NOW, HOST);
        CanonicalRequest canonical =
                CanonicalRequest.write(request(HOST), List.of(HOST, new Header("x-a", "token-one")), new Utf8Buffer());

        assertThat(signed).hasToString("SignedHeaders[amzDate=20260115T235959Z, ***]");
        assertThat(canonical).hasToString("CanonicalRequest[signedHeaders=host;x-a, ***]");
    }

    private SignedHeaders sign(SessionCredentials credentials, Instant now, Header... headers) {
        return signer.sign(request(headers), credentials, "us-east-1", "bedrock", now);
    }

    private static SignableRequest request(Header... headers) {
        return new SignableRequest("POST", "/model/x.y/invoke", "", List.of(headers), PayloadHash.EMPTY);
    }
}
